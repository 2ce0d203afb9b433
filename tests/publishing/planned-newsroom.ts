import { evaluate, parse } from 'groq-js';
import { archiveOf, type Ask } from '../../sanity/preview/archive.ts';
import { documentTypes, type DocumentType } from '../../src/briefing/model.ts';
import { parseOnce } from '../../src/briefing/parse-once.ts';
import { edition } from '../../src/publishing/edition.ts';
import { whatEditTouches, type Edit } from '../../src/publishing/neighbourhood.ts';
import {
  planEdit,
  type DrawingStage,
  type PlannedEdit,
} from '../../src/publishing/planned-edit.ts';
import type { PublicSite } from '../../src/publishing/public-facts.ts';
import type { Path } from '../../src/briefing/resolved.ts';
import { objectKey } from '../../src/site/paths.ts';
import { demoDocuments, imported, isRecord } from '../demo/publication.ts';
import { Newsroom } from './newsroom.ts';

/** The demo publication, published from nothing on the day it speaks of. */
export async function openDemo(now = '2026-11-23T09:00:00.000Z'): Promise<Newsroom> {
  const newsroom = new Newsroom(now, edition);
  for (const document of demoDocuments()) {
    const as = imported(document);
    if (isRecord(as)) newsroom.put(document._id, typeOf(document._type), as);
  }
  await newsroom.publishWhole([...newsroom.documents.keys()]);
  return newsroom;
}

/** The queries of the Studio over the documents of a newsroom. */
export function askingOf({ documents }: Newsroom): Ask {
  return async (query, params) => {
    const value = await evaluate(parse(query, { params }), {
      dataset: [...documents.values()],
      params,
    });
    return value.get();
  };
}

/** The site of a newsroom as anybody can read it. */
export function siteOf(newsroom: Newsroom): PublicSite {
  return {
    async json(path) {
      const object = await newsroom.store.get(objectKey(path));
      if (object === null) return { status: 404, json: null };
      const text = new TextDecoder().decode(object.body);
      return { status: Number(object.metadata?.['status'] ?? 200), json: JSON.parse(text) };
    },
  };
}

/** A document as an editor's draft would publish it. */
export function drafted(
  newsroom: Newsroom,
  id: string,
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const standing = newsroom.documents.get(id);
  return {
    _createdAt: newsroom.now,
    ...standing,
    ...fields,
    _id: id,
    _rev: 'draft',
    _updatedAt: newsroom.now,
  };
}

export function stageOf(newsroom: Newsroom): DrawingStage {
  const { baseUrl, tagAuthority } = newsroom.press.stage;
  return { baseUrl, tagAuthority, renderers: edition, parse: parseOnce(), now: newsroom.now };
}

/** The plan of an edit, as the Studio makes it. */
export async function planIn(newsroom: Newsroom, edit: Edit, limit?: number): Promise<PlannedEdit> {
  const { baseUrl } = newsroom.press.stage;
  const archive = archiveOf(askingOf(newsroom));
  const around = await whatEditTouches(edit, archive, siteOf(newsroom), baseUrl, limit);
  return planEdit(edit, around, stageOf(newsroom));
}

/** Publishes an edit and says what was written: each address with what it answers now. */
export async function execute(newsroom: Newsroom, edit: Edit): Promise<ReadonlyMap<Path, string>> {
  for (const [id, document] of edit) {
    if (document === null) newsroom.remove(id);
    else if (isRecord(document)) newsroom.put(id, typeOf(document['_type']), document);
  }
  const written = await newsroom.written(() => newsroom.publishWhole([...edit.keys()]));
  const answers = new Map<Path, string>();
  for (const path of new Set(written)) {
    if (isPath(path)) answers.set(path, await newsroom.answer(path));
  }
  return answers;
}

/** The planned writes, each address with what it will answer. */
export function plannedAnswers({ writes }: PlannedEdit): ReadonlyMap<Path, string> {
  return new Map(
    writes.map((write) => [
      write.path,
      write.what === 'moved' ? `301 ${write.location}` : write.what === 'gone' ? '410' : '200',
    ]),
  );
}

function isPath(path: string): path is Path {
  return path.startsWith('/');
}

function typeOf(type: unknown): DocumentType {
  const found = documentTypes.find((each) => each === type);
  if (found === undefined) throw new Error(`${String(type)} is no type of document`);
  return found;
}
