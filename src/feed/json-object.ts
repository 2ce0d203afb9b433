import type { Path, Publication } from '../briefing/resolved.ts';
import { contentTypes } from '../site/content-types.ts';
import { absolute, v1 } from '../site/paths.ts';
import { type CacheClass, type PublicObject, stampMarker } from '../site/public-object.ts';
import type { ContractDocument, SchemaName } from './contract.ts';

/** What a document of the contract is besides its content. */
export interface JsonAddress {
  readonly path: Path;
  readonly status?: PublicObject['status'];
  readonly location?: Path;
  readonly cache: CacheClass;
  readonly tags: readonly string[];
}

/** A document of the contract as a public object, with its schema and the place of its stamp. */
export function contractObject<Name extends SchemaName>(
  name: Name,
  address: JsonAddress,
  content: Omit<ContractDocument<Name>, '$schema' | '_release'>,
  publication: Publication,
): PublicObject {
  return jsonObject(address, {
    $schema: absolute(publication.baseUrl, v1.schema(name)),
    ...content,
    _release: stampMarker,
  });
}

/** Any JSON; the caller puts the stamp where the format has room for it. */
export function jsonObject(
  address: JsonAddress,
  content: Readonly<Record<string, unknown>>,
): PublicObject {
  return {
    path: address.path,
    status: address.status ?? 200,
    ...(address.location === undefined ? {} : { location: address.location }),
    contentType: contentTypes.json,
    cache: address.cache,
    tags: address.tags,
    body: `${JSON.stringify(content)}\n`,
  };
}
