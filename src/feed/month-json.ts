import type { CivilMonth } from '../briefing/model.ts';
import type { Card, Publication } from '../briefing/resolved.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { monthPath, v1 } from '../site/paths.ts';
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
  return contractObject(
    'month',
    publication,
    { path: v1.month(month), cache: 'list', tags: [cacheTags.month(month)] },
    (links) => ({
      type: 'month',
      month,
      url: links.url(monthPath(month)),
      newerUrl: newer && links.url(v1.month(newer)),
      olderUrl: older && links.url(v1.month(older)),
      briefings: cards.map((card) => cardJson(card, links)),
    }),
  );
}
