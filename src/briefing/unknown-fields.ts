import * as z from 'zod';
import type { Problem } from './model.ts';
import { entryPath, fieldStep, isRecord, joinPath, warning } from './problem.ts';

/**
 * Fields that the schema does not know: they are ignored, and told, because a misspelt name is a
 * field that an editor believes to be printed. Names beginning with `_` are the lake's own.
 */
export function unknownFields(schema: z.ZodType, document: unknown): Problem[] {
  const problems: Problem[] = [];
  look(shapeOf(schema), document, '', problems);
  return problems;
}

/** What matters of a schema here: the fields of a record, or the entries of a list. */
type Shape =
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Shape> }
  | { readonly kind: 'list'; readonly entry: Shape }
  | { readonly kind: 'leaf' };

const leaf: Shape = { kind: 'leaf' };
const shapes = new WeakMap<z.core.$ZodType, Shape>();
const maximumTold = 50;

function look(shape: Shape, value: unknown, path: string, problems: Problem[]): void {
  if (shape.kind === 'leaf' || !isRecord(value)) return;
  if (shape.kind === 'list') {
    if (!Array.isArray(value) || shape.entry.kind === 'leaf') return;
    for (const [index, entry] of value.entries()) {
      look(shape.entry, entry, entryPath(path, entry, index), problems);
    }
    return;
  }
  if (Array.isArray(value)) return;
  for (const field of Object.keys(value)) {
    const known = shape.fields.get(field);
    if (known !== undefined) {
      if (known.kind !== 'leaf') look(known, value[field], joinPath(path, field), problems);
    } else if (!field.startsWith('_') && problems.length < maximumTold) {
      problems.push(
        warning({
          code: 'unknown-field',
          path: joinPath(path, fieldStep(field)),
          message: 'This field is not one the publication knows; it is ignored.',
          fix: 'Remove the field, or correct its name.',
        }),
      );
    }
  }
}

function shapeOf(schema: z.core.$ZodType): Shape {
  const known = shapes.get(schema);
  if (known !== undefined) return known;
  const shape = readShape(schema);
  shapes.set(schema, shape);
  return shape;
}

function readShape(schema: z.core.$ZodType): Shape {
  if (schema instanceof z.ZodOptional) return shapeOf(schema.unwrap());
  if (schema instanceof z.ZodPipe) return shapeOf(schema.in);
  if (schema instanceof z.ZodArray) {
    const entry = shapeOf(schema.element);
    return entry.kind === 'leaf' ? leaf : { kind: 'list', entry };
  }
  if (schema instanceof z.ZodObject) {
    const fields: [string, z.core.$ZodType][] = Object.entries(schema.shape);
    return {
      kind: 'record',
      fields: new Map(fields.map(([field, each]) => [field, shapeOf(each)])),
    };
  }
  return leaf;
}
