import type { Edit, EditKind } from './edits.ts';

/** What an editor sees of the briefings: which have a published copy, which a draft. */
export interface Desk {
  readonly published: readonly string[];
  readonly drafted: readonly string[];
}

/**
 * What an editor does next, by chance, from what they see. They may see it late: then the lake has to
 * refuse, and does.
 */
export function randomEdit({
  id,
  desk,
  random,
  newBriefing,
}: {
  id: string;
  desk: Desk;
  random: () => number;
  newBriefing: () => string;
}): Edit {
  const pick = (among: readonly string[]): string | undefined =>
    among[Math.floor(random() * among.length)];
  const known = [...new Set([...desk.published, ...desk.drafted])];
  if (known.length < 6 || (known.length < mostBriefings && random() < 0.03)) {
    return { id, kind: 'begin', briefings: [newBriefing()] };
  }
  const kind = weighted(random());
  switch (kind) {
    case 'begin':
    case 'type':
    case 'picture':
    case 'delete':
      return one(kind, pick(known));
    case 'publish':
    case 'discard':
      return one(kind, pick(desk.drafted));
    case 'unpublish':
    case 'script':
    case 'careful':
      return one(kind, pick(desk.published));
    case 'pair': {
      const [first, second] = [pick(desk.published), pick(desk.published)];
      return first === undefined || second === undefined || first === second
        ? one('type', first)
        : { id, kind, briefings: [first, second] };
    }
  }

  function one(of: EditKind, briefing: string | undefined): Edit {
    return briefing === undefined
      ? { id, kind: 'begin', briefings: [newBriefing()] }
      : { id, kind: of, briefings: [briefing] };
  }
}

const mostBriefings = 24;

/** How often each is done. */
const weights: readonly (readonly [EditKind, number])[] = [
  ['type', 40],
  ['script', 16],
  ['careful', 10],
  ['pair', 8],
  ['publish', 14],
  ['unpublish', 3],
  ['discard', 2],
  ['delete', 2.5],
  ['begin', 1],
  ['picture', 1],
];
const whole = weights.reduce((sum, [, weight]) => sum + weight, 0);

function weighted(chance: number): EditKind {
  let left = chance * whole;
  for (const [kind, weight] of weights) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'type';
}
