import * as z from 'zod';
import type { Publication } from '../briefing/resolved.ts';
import { v1 } from '../site/paths.ts';
import { type PublicObject, stampMarker } from '../site/public-object.ts';
import { contract } from './contract.ts';
import { jsonObject } from './json-object.ts';

/**
 * The public JSON Schemas (2020-12) of the contract. They are open: a later release may add
 * members, and a consumer that validates must not break on them.
 */
export function schemaObjects(publication: Publication): readonly PublicObject[] {
  return Object.entries(contract).map(([name, schema]) => {
    const path = v1.schema(name);
    return jsonObject(publication, { path, cache: 'list', tags: ['schema'] }, (links) => ({
      ...openSchema(schema),
      $id: links.url(path),
      title: name,
      $comment: stampMarker,
    }));
  });
}

function openSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
    },
  });
}
