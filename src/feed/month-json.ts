import type { CivilMonth } from '../briefing/model.ts';
import type { Card, Publication } from '../briefing/resolved.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { absolute, monthPath, v1 } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import { cardJson } from './card-json.ts';
import { contractObject } from './json-object.ts';

/** `/v1/months/<month>.json`: the list of a month, and its neighbours that have one. */
export function monthJson(
  {
    month,
    cards,
    newer,
    older,
  }: {
    readonly month: CivilMonth;
    readonly cards: readonly Card[];
    readonly newer: CivilMonth | null;
    readonly older: CivilMonth | null;
  },
  publication: Publication,
): PublicObject {
  const { baseUrl } = publication;
  const addressOf = (neighbour: CivilMonth | null): string | null =>
    neighbour === null ? null : absolute(baseUrl, v1.month(neighbour));
  return contractObject(
    'month',
    { path: v1.month(month), cache: 'list', tags: [cacheTags.month(month)] },
    {
      type: 'month',
      month,
      url: absolute(baseUrl, monthPath(month)),
      newerUrl: addressOf(newer),
      olderUrl: addressOf(older),
      briefings: cards.map((card) => cardJson(card, publication)),
    },
    publication,
  );
}
