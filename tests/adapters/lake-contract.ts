import { describe, expect, it } from 'vitest';
import type { Lake, Revision } from '../../src/publishing/ports.ts';
import type { KeptDocument } from '../fakes/memory-lake.ts';

/** What was written in one second was written in one transaction. */
const kept = (_id: string, _type: string, second: number): KeptDocument => ({
  _id,
  _type,
  _rev: `rev-${second}`,
  _updatedAt: `2026-03-01T12:00:${String(second).padStart(2, '0')}.000Z`,
  title: `The words of ${_id}`,
});

/** A newsroom with everything a lake may hold, in no order. */
const newsroom: readonly KeptDocument[] = [
  kept('siteSettings', 'siteSettings', 1),
  kept('person-curie', 'person', 2),
  kept('briefing-b', 'briefing', 3),
  kept('Briefing-c', 'briefing', 5),
  kept('briefing-a.fr', 'briefing', 4),
  kept('redirect-briefing-x', 'redirect', 6),
  kept('drafts.briefing-b', 'briefing', 7),
  kept('versions.r1.briefing-b', 'briefing', 8),
  kept('drafts.briefing-never', 'briefing', 9),
  kept('image-1', 'sanity.imageAsset', 9),
  kept('page-1', 'pageOfAnotherTool', 9),
];

const revisionOf = ({ _id, _type, _rev, _updatedAt }: KeptDocument) => ({
  id: _id,
  type: _type,
  rev: _rev,
  updatedAt: _updatedAt,
});

/** What publishing relies on in any lake. `lakeOf` makes one that holds exactly these documents. */
export function lakeContract(
  name: string,
  lakeOf: (documents: readonly KeptDocument[]) => Promise<Lake>,
): void {
  describe(`${name}, as a lake`, () => {
    it('gives documents whole, and says of the others that they are absent', async () => {
      const lake = await lakeOf(newsroom);
      const read = await lake.read(['briefing-b', 'briefing-gone', 'siteSettings', 'briefing-b']);
      expect(
        [...read].map(([id, { kind, ...rest }]) => [
          id,
          kind,
          'document' in rest && own(rest.document),
        ]),
      ).toEqual([
        ['briefing-b', 'present', own(newsroom[2])],
        ['briefing-gone', 'absent', false],
        ['siteSettings', 'present', own(newsroom[0])],
      ]);
      expect(await lake.read([])).toEqual(new Map());
    });

    it('does not see a document of which there is only a draft, and refuses to be asked for one', async () => {
      const lake = await lakeOf(newsroom);
      expect(await lake.read(['briefing-never'])).toEqual(
        new Map([['briefing-never', { kind: 'absent' }]]),
      );
      for (const id of ['drafts.briefing-b', 'versions.r1.briefing-b', 'a,drafts.b', '../query']) {
        await expect(lake.read([id])).rejects.toThrow(
          `Expected the id of a published document: ${id}`,
        );
      }
    });

    it('lists the revisions of all published documents of our types, by id', async () => {
      const lake = await lakeOf(newsroom);
      expect(await all(lake.revisions())).toEqual(newsroom.slice(0, 6).map(revisionOf).sort(byId));
    });

    it('lists those updated after an instant', async () => {
      const lake = await lakeOf(newsroom);
      const recent = await all(lake.revisions({ updatedAfter: '2026-03-01T12:00:04.000Z' }));
      expect(recent.map(({ id }) => id)).toEqual(['Briefing-c', 'redirect-briefing-x']);
    });

    it('lists those from an id on', async () => {
      const lake = await lakeOf(newsroom);
      const rest = await all(lake.revisions({ idAfter: 'briefing-b' }));
      expect(rest.map(({ id }) => id)).toEqual([
        'person-curie',
        'redirect-briefing-x',
        'siteSettings',
      ]);
    });

    it('gives the revisions of those that are asked for, and says nothing of the others', async () => {
      const lake = await lakeOf(newsroom);
      const ids = ['person-curie', 'briefing-never', 'briefing-gone', 'page-1', 'briefing-b'];
      expect(await lake.revisionsOf(ids)).toEqual(
        new Map(
          [2, 1]
            .map((at) => newsroom[at])
            .filter((each) => each !== undefined)
            .map((each) => [each._id, revisionOf(each)]),
        ),
      );
      expect(await lake.revisionsOf([])).toEqual(new Map());
    });

    it('counts them by type', async () => {
      const lake = await lakeOf(newsroom);
      expect(await lake.counts()).toEqual({
        briefing: 3,
        person: 1,
        country: 0,
        team: 0,
        author: 0,
        topic: 0,
        redirect: 1,
        siteSettings: 1,
      });
    });

    it('goes through more of them than fit in one answer', async () => {
      const many = Array.from({ length: 2_001 }, (_, n) =>
        kept(`briefing-${String(n).padStart(4, '0')}`, 'briefing', n % 60),
      );
      const lake = await lakeOf(many);
      expect(await all(lake.revisions())).toEqual(many.map(revisionOf));
      const read = await lake.read(many.slice(0, 250).map(({ _id }) => _id));
      expect([...read.values()].filter(({ kind }) => kind === 'present')).toHaveLength(250);
    });
  });
}

async function all(revisions: AsyncIterable<Revision>): Promise<readonly Revision[]> {
  const found: Revision[] = [];
  for await (const revision of revisions) found.push(revision);
  return found;
}

/** What the document says of itself, without what a lake may add. */
function own(document: unknown): unknown {
  return Object.fromEntries(
    Object.entries(Object(document)).filter(([name]) => name !== '_createdAt'),
  );
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}
