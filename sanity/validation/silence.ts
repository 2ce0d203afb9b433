import type { SchemaType } from 'sanity';

/**
 * Takes Sanity's own checks off the fields of a document type: of JSON types, of lists of choices,
 * of slugs, of the styles and marks of Portable Text. The core says all that, in an editor's words
 * and with its own judgement: to it a style it does not know is a warning, to Sanity an error.
 *
 * Most of these checks stand on parts that Sanity adds itself when it compiles a schema, such as
 * the style of a paragraph, where no definition of ours could switch them off.
 */
export function silenceFieldsOf(type: SchemaType): void {
  if (silent.has(type)) return;
  silent.add(type);
  for (const part of partsOf(type)) {
    part.validation = [];
    silenceFieldsOf(part);
  }
}

const silent = new WeakSet<SchemaType>();

function partsOf(type: SchemaType): readonly SchemaType[] {
  if (type.jsonType === 'object') return type.fields.map((field) => field.type);
  return type.jsonType === 'array' ? type.of : [];
}
