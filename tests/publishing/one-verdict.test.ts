import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDocumentId } from '../../src/briefing/document-id.ts';
import { documentTypes, type DocumentType } from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { isRecord } from '../../src/briefing/problem.ts';
import { buildSite } from '../../src/publishing/build.ts';
import { noHistory } from '../../src/publishing/history.ts';
import { hostileDocuments, soundDocuments } from '../briefing/hostile.ts';
import { noDifference, openNewsroom, type Newsroom } from './newsroom.ts';

/*
 * The Studio judges by `parseDocument`, and so does `validate`. Whatever text a document holds, what they
 * accept is published and what they refuse is not, by the step as by the clean build, to the same bytes.
 */
test(
  'what the Studio accepts is published, what it refuses is not, and the bucket is the build, whatever is written',
  { timeout: 120_000 },
  async () => {
    const seen = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 1_000_000 }), async (seed) => {
        const newsroom = publicationOf(seed);
        await newsroom.publishWhole([...newsroom.documents.keys()]);

        const [fit, unfit]: [string[], string[]] = [[], []];
        for (const [id, document] of newsroom.documents) {
          (parseDocument(document).ok ? fit : unfit).push(id);
        }
        const [taken, refused]: [string[], string[]] = [[], []];
        for (const [id, { _rev }] of newsroom.documents) {
          const entry = await newsroom.record(`entry:${id}`);
          if (entry?.refused?.rev === _rev) refused.push(id);
          else if (entry?.accepted?.rev === _rev) taken.push(id);
        }
        expect({ taken, refused }).toEqual({ taken: fit, refused: unfit });
        expect(await refusedByBuild(newsroom)).toEqual(unfit.toSorted());
        expect(await newsroom.differences()).toEqual(noDifference);
        seen.accepted += fit.length;
        seen.refused += unfit.length;
      }),
      { numRuns: 25, seed: 20261201 },
    );
    // Otherwise agreement would mean little.
    expect(seen.accepted).toBeGreaterThan(300);
    expect(seen.refused).toBeGreaterThan(40);
  },
);

/** A publication of generated documents, whole ones with hostile texts and broken ones; they refer to each other. */
function publicationOf(seed: number): Newsroom {
  const newsroom = openNewsroom({ start: '2026-12-01T09:00:00.000Z' });
  const documents = [...soundDocuments(seed, 8), ...hostileDocuments(seed, 8)];
  for (const [index, generated] of documents.entries()) {
    const document = asJson(generated);
    if (!isRecord(document)) continue;
    const { _type: type, _id: id } = document;
    if (!isOurs(type) || typeof id !== 'string' || !isDocumentId(id)) continue;
    if (type === 'siteSettings' && !parseDocument(document).ok) continue;
    const fields = connected(document, newsroom);
    newsroom.put(id, type, { ...fields, ...withOwnSlug(fields, index) });
  }
  return newsroom;
}

/** As it comes from a lake, which holds nothing but JSON; null for what is nested too deep to get there. */
function asJson(generated: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(generated) ?? 'null');
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isOurs(type: unknown): type is DocumentType {
  return documentTypes.some((each) => each === type);
}

/** Two at one address are another story. */
function withOwnSlug(fields: Readonly<Record<string, unknown>>, index: number) {
  const { slug } = fields;
  const current = isRecord(slug) ? slug['current'] : undefined;
  const isSound = typeof current === 'string' && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(current);
  return isSound && current.length < 70 ? { slug: { current: `${current}-${index}` } } : {};
}

/** What a field refers to strongly is there and sound; what it mentions is there or not. */
function connected(
  document: Readonly<Record<string, unknown>>,
  { documents }: Newsroom,
): Readonly<Record<string, unknown>> {
  const soundOf = (type: DocumentType): string => {
    const found = [...documents.values()].findLast(
      (each) => each._type === type && parseDocument(each).ok,
    );
    return found?._id ?? '';
  };
  const targets: Readonly<Record<string, DocumentType>> = {
    person: 'person',
    country: 'country',
    countries: 'country',
    topics: 'topic',
    contributor: 'team',
    related: 'briefing',
    reference: 'briefing',
  };
  const follow = (value: unknown, field: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => follow(each, field));
    if (!isRecord(value)) return value;
    const type = targets[field];
    if (type !== undefined && typeof value['_ref'] === 'string' && isDocumentId(value['_ref'])) {
      const target = soundOf(type);
      return target === '' ? value : { ...value, _ref: target };
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        follow(each, Array.isArray(value) ? field : name),
      ]),
    );
  };
  return Object.fromEntries(
    Object.entries(document).map(([name, each]) => [name, follow(each, name)]),
  );
}

async function refusedByBuild({ documents, press, now }: Newsroom): Promise<readonly string[]> {
  const { problems } = await buildSite({
    documents,
    history: noHistory,
    baseUrl: press.stage.baseUrl,
    tagAuthority: press.stage.tagAuthority,
    renderers: press.renderers,
    now,
  });
  const refused = problems.filter((each) =>
    each.problems.some(({ severity }) => severity === 'error'),
  );
  return [...new Set(refused.map(({ id }) => id))].sort();
}
