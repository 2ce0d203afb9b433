import type { SchemaTypeDefinition } from 'sanity';
import { author } from './author.ts';
import { briefing } from './briefing.ts';
import { country } from './country.ts';
import { identity } from './identity.ts';
import { person } from './person.ts';
import { portrait } from './portrait.ts';
import { redirect } from './redirect.ts';
import { richText } from './rich-text.ts';
import { siteSettings } from './site-settings.ts';
import { team } from './team.ts';
import { topic } from './topic.ts';

export { newDocumentOptions } from './new-document-options.ts';
export { templates } from './templates.ts';

/** Every type that editors write: the documents, then what they are made of. */
export const schemaTypes: SchemaTypeDefinition[] = [
  briefing,
  person,
  country,
  team,
  author,
  topic,
  redirect,
  siteSettings,
  portrait,
  identity,
  richText,
];
