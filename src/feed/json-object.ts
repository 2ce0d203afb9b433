import type { Path, Publication } from '../briefing/resolved.ts';
import { contentTypes } from '../site/content-types.ts';
import { drawObject, type OutgoingLinks } from '../site/outgoing-links.ts';
import { v1 } from '../site/paths.ts';
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
  publication: Publication,
  address: JsonAddress,
  content: (links: OutgoingLinks) => Omit<ContractDocument<Name>, '$schema' | '_release'>,
): PublicObject {
  return jsonObject(publication, address, (links) => ({
    $schema: links.url(v1.schema(name)),
    ...content(links),
    _release: stampMarker,
  }));
}

/** Any JSON; the caller puts the stamp where the format has room for it. */
export function jsonObject(
  { baseUrl }: Publication,
  address: JsonAddress,
  content: (links: OutgoingLinks) => Readonly<Record<string, unknown>>,
): PublicObject {
  return drawObject(baseUrl, (links) => ({
    path: address.path,
    status: address.status ?? 200,
    ...(address.location === undefined ? {} : { location: address.location }),
    contentType: contentTypes.json,
    cache: address.cache,
    tags: address.tags,
    body: `${JSON.stringify(content(links))}\n`,
  }));
}
