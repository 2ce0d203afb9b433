import { defineField, defineType, type SchemaTypeDefinition, type Template } from 'sanity';

/** Every type that editors write. */
export const schemaTypes: SchemaTypeDefinition[] = [
  defineType({
    name: 'briefing',
    type: 'document',
    title: 'Briefing',
    fields: [defineField({ name: 'headline', type: 'string' })],
  }),
];

/** What a new document begins with. */
export const templates = (standard: Template[]): Template[] => standard;
