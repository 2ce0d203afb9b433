import type { Neighbourhood } from '../../src/publishing/neighbourhood.ts';
import type { DrawnDocument } from '../../src/publishing/planned-edit.ts';

/** What an editor should know of a page that is drawn, in sentences. */
export function notesOn({
  drawn,
  around,
  type,
  hasPage,
}: {
  readonly drawn: DrawnDocument;
  readonly around: Neighbourhood;
  readonly type: string;
  readonly hasPage: boolean;
}): readonly string[] {
  const borrowed = [...around.borrowed].map((id) => nameOf(around.documents.get(id)) ?? id);
  const isWithoutPage = !hasPage && !drawn.problems.some(({ severity }) => severity === 'error');
  return [
    ...(isWithoutPage && type === 'person'
      ? ['There is no page for this person yet: it comes with the first briefing about them.']
      : []),
    ...(drawn.embargoedUntil === null
      ? []
      : [`Nothing of this is on the site before ${instantInWords(drawn.embargoedUntil)}.`]),
    ...(drawn.expiredAt === null
      ? []
      : [`This briefing went off the site on ${instantInWords(drawn.expiredAt)}. So it looked.`]),
    ...(borrowed.length === 0
      ? []
      : [
          `${borrowed.join(', ')} ${borrowed.length === 1 ? 'is' : 'are'} shown from the draft, and not published yet. Publish ${borrowed.length === 1 ? 'it' : 'them'} first: until then this briefing cannot go live.`,
        ]),
  ];
}

/** `2031-08-29T05:00:00.000Z` → `2031-08-29 05:00 UTC`: the same for every editor. */
export function instantInWords(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

function nameOf(document: unknown): string | null {
  if (typeof document !== 'object' || document === null) return null;
  for (const field of ['name', 'title']) {
    const value: unknown = Object.hasOwn(document, field)
      ? Reflect.get(document, field)
      : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
