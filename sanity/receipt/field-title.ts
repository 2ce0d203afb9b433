import { isRecord } from '../../src/briefing/problem.ts';
import { fieldOf } from './value-at.ts';

/** A field as the form calls it, by a path of a problem; null for a problem of the whole document. */
export function fieldTitle(schemaType: unknown, path: string): string | null {
  const name = fieldOf(path);
  if (name === '' || name.startsWith('_')) return null;
  const fields = isRecord(schemaType) ? schemaType['fields'] : undefined;
  const field: unknown = Array.isArray(fields)
    ? fields.find((each) => isRecord(each) && each['name'] === name)
    : undefined;
  const type = isRecord(field) ? field['type'] : undefined;
  const title = isRecord(type) ? type['title'] : undefined;
  return typeof title === 'string' ? title : name;
}
