import { isDeepStrictEqual } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import {
  ClientError,
  createClient,
  type Action,
  type MutationEvent,
  type SanityClient,
} from '@sanity/client';
import { type Edit, headlineOf } from './edits.ts';
import { type Desk, randomEdit } from './random-edit.ts';
import type { Done, Outcome } from './verdict.ts';

type Document = Readonly<Record<string, unknown>> & { readonly _id: string; readonly _rev: string };

/** One who edits through the real client and keeps a copy of all briefings by listening. */
export interface Editor {
  readonly name: string;
  readonly done: readonly Done[];
  /** Events that did not begin at the revision this editor had. */
  readonly gaps: readonly string[];
  /** How often the listener was welcomed. */
  readonly welcomes: () => number;
  copy(): ReadonlyMap<string, Document>;
  /** Edits until `isOver`, with pauses for thought. */
  work(isOver: () => boolean): Promise<void>;
  readonly close: () => void;
}

const query = '*[_type == "briefing"]';
const perspective = 'raw';

export function startEditor({
  name,
  apiHost,
  token,
  picture,
  random,
}: {
  name: string;
  apiHost: string;
  token: string;
  /** An image to upload now and then. */
  picture: Buffer;
  random: () => number;
}): Editor {
  const client = createClient({
    projectId: 'localdev',
    dataset: 'production',
    apiVersion: '2026-03-01',
    apiHost,
    token,
    useProjectHostname: false,
    useCdn: false,
    perspective,
    timeout: 10_000,
    // A read that fails is one that the outage took; the editor asks again.
    maxRetries: 0,
  });
  const listener = keepCopy(client);
  const done: Done[] = [];
  let briefings = 0;
  return {
    name,
    done,
    gaps: listener.gaps,
    welcomes: listener.welcomes,
    copy: () => listener.copy,
    close: () => listener.close(),
    async work(isOver) {
      while (!isOver()) {
        const edit = randomEdit({
          id: `${name}-${done.length + 1}`,
          desk: deskOf(listener.copy),
          random,
          newBriefing: () => `${name}-briefing-${(briefings += 1)}`,
        });
        const outcome = await perform(client, edit, { copy: listener.copy, picture });
        done.push({ edit, outcome });
        // Who met an outage looks up; else there is a moment's thought.
        await wait(outcome === 'unknown' ? 250 : random() * 100);
      }
    },
  };
}

function deskOf(copy: ReadonlyMap<string, Document>): Desk {
  const ids = [...copy.keys()];
  return {
    published: ids.filter((id) => !id.startsWith('drafts.')),
    drafted: ids.filter((id) => id.startsWith('drafts.')).map((id) => id.slice('drafts.'.length)),
  };
}

async function perform(
  client: SanityClient,
  edit: Edit,
  world: { copy: ReadonlyMap<string, Document>; picture: Buffer },
): Promise<Outcome> {
  try {
    await carryOut(client, edit, world);
    return 'acknowledged';
  } catch (error) {
    return error instanceof ClientError ? 'refused' : 'unknown';
  }
}

async function carryOut(
  client: SanityClient,
  edit: Edit,
  { copy, picture }: { copy: ReadonlyMap<string, Document>; picture: Buffer },
): Promise<void> {
  const [publishedId = ''] = edit.briefings;
  const draftId = `drafts.${publishedId}`;
  const options = { transactionId: edit.id };
  const act = (action: Action) => client.action(action, options);
  switch (edit.kind) {
    case 'begin':
      await act({
        actionType: 'sanity.action.document.create',
        publishedId,
        attributes: { _id: draftId, _type: 'briefing', notes: '', ...markedBy(edit) },
        ifExists: 'fail',
      });
      return;
    case 'type':
      await act({
        actionType: 'sanity.action.document.edit',
        draftId,
        publishedId,
        // Typing arrives as text differences, which bear that the text has changed meanwhile.
        patch: {
          ...markOf(edit),
          diffMatchPatch: { notes: `@@ -0,0 +1,1 @@\n+${edit.id.at(-1)}\n` },
        },
      });
      return;
    case 'picture': {
      const asset = await client.assets.upload('image', picture, { filename: `${edit.id}.png` });
      await act({
        actionType: 'sanity.action.document.edit',
        draftId,
        publishedId,
        patch: {
          ...markOf(edit),
          set: { headline: headlineOf(edit.id), portrait: portraitOf(asset._id) },
        },
      });
      return;
    }
    case 'publish':
      await act({ actionType: 'sanity.action.document.publish', draftId, publishedId });
      return;
    case 'unpublish':
      await act({ actionType: 'sanity.action.document.unpublish', draftId, publishedId });
      return;
    case 'discard':
      await act({ actionType: 'sanity.action.document.discard', draftId });
      return;
    case 'delete':
      await act({
        actionType: 'sanity.action.document.delete',
        publishedId,
        includeDrafts: copy.has(draftId) ? [draftId] : [],
      });
      return;
    case 'script':
    case 'pair':
      await client.mutate(
        edit.briefings.map((id) => ({ patch: { id, ...markOf(edit) } })),
        options,
      );
      return;
    case 'careful':
      await client
        .patch(publishedId, markOf(edit))
        .ifRevisionId(copy.get(publishedId)?._rev ?? '')
        .commit(options);
  }
}

function markedBy({ id }: Edit) {
  return { headline: headlineOf(id), count: 1, marks: [{ _key: id }] };
}

function markOf({ id }: Edit) {
  return {
    set: { headline: headlineOf(id) },
    inc: { count: 1 },
    insert: { after: 'marks[-1]', items: [{ _key: id }] },
  };
}

const portraitOf = (asset: string) => ({
  _type: 'image',
  asset: { _type: 'reference', _ref: asset },
  hotspot: { _type: 'sanity.imageHotspot', x: 0.5, y: 0.4, width: 0.5, height: 0.5 },
});

/**
 * Listens, and reads everything anew after each welcome: what was said meanwhile is not told again.
 * Events that come during that reading are kept, and applied after it.
 */
function keepCopy(client: SanityClient) {
  let copy = new Map<string, Document>();
  const gaps: string[] = [];
  let welcomes = 0;
  let waiting: MutationEvent[] | null = [];
  let isClosed = false;

  const hear = (event: MutationEvent, isStrict: boolean) => {
    const known = copy.get(event.documentId)?._rev;
    if (isStrict && known !== event.previousRev) {
      gaps.push(`${event.documentId}: ${String(known)} was followed by ${event.transactionId}`);
    }
    if (event.result === undefined || event.result === null) copy.delete(event.documentId);
    else copy.set(event.documentId, event.result);
  };
  const readAnew = async () => {
    const events: MutationEvent[] = [];
    waiting = events;
    try {
      const all: Document[] = await client.fetch(query);
      // Welcomed again meanwhile: that reading counts.
      if (waiting !== events) return;
      copy = new Map(all.map((document) => [document._id, document]));
      for (const event of events) hear(event, false);
      waiting = null;
      welcomes += 1;
    } catch {
      if (waiting === events && !isClosed) setTimeout(() => void readAnew(), 250);
    }
  };
  let subscription = { unsubscribe() {} };
  const listen = () => {
    subscription = client
      .listen(
        query,
        {},
        { events: ['welcome', 'mutation'], includeResult: true, visibility: 'query' },
      )
      .subscribe({
        next(event) {
          if (event.type === 'welcome') void readAnew();
          else if (event.type === 'mutation') {
            if (waiting === null) hear(event, true);
            else waiting.push(event);
          }
        },
        // The client gives up on some failures; an editor's page would be loaded again.
        error() {
          if (!isClosed) setTimeout(listen, 250);
        },
      });
  };
  listen();
  return {
    get copy(): ReadonlyMap<string, Document> {
      return copy;
    },
    gaps,
    welcomes: () => welcomes,
    close() {
      isClosed = true;
      subscription.unsubscribe();
    },
  };
}

/** Whether two copies say the same. */
export const isSame = (
  one: ReadonlyMap<string, Document>,
  other: ReadonlyMap<string, Document>,
): boolean => isDeepStrictEqual(one, other);
