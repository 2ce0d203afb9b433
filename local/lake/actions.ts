import {
  isDraftId,
  isRecord,
  isVersionId,
  publishedIdOf,
  releaseOf,
  type JsonRecord,
  type LakeDocument,
} from './documents.ts';
import { mutationRefusal } from './errors.ts';
import { parsePatchOperations, type Mutation, type PatchOperations } from './mutations.ts';

export interface ActionRequest {
  actions: JsonRecord[];
  transactionId?: string;
  dryRun: boolean;
}

/** Parses the body of `POST /data/actions`: one action or a list of them. */
export function parseActionRequest(body: unknown): ActionRequest {
  const given = isRecord(body) ? body['actions'] : undefined;
  const actions = (Array.isArray(given) ? given : [given]).filter(isRecord);
  if (!isRecord(body) || actions.length === 0) {
    throw refusal(0, 400, 'malformedActionError', 'Expected a JSON body {"actions": […]}');
  }
  const transactionId = body['transactionId'];
  return {
    actions,
    dryRun: body['dryRun'] === true,
    ...(typeof transactionId === 'string' && { transactionId }),
  };
}

/**
 * What the Studio's verbs mean in mutations. All actions of a request become one transaction;
 * later actions see what earlier ones did.
 */
export function actionsToMutations(
  actions: readonly JsonRecord[],
  { documents, now }: { documents: ReadonlyMap<string, LakeDocument>; now: string },
): Mutation[] {
  const drafted = new Map<string, JsonRecord | null>();
  const read = (id: string): JsonRecord | null => {
    const changed = drafted.get(id);
    return changed === undefined ? (documents.get(id) ?? null) : changed;
  };
  return actions.flatMap((action, index) => {
    const mutations = translate(action, { index, read, documents, now });
    for (const mutation of mutations) {
      if (mutation.kind === 'delete') {
        if ('id' in mutation.selection) drafted.set(mutation.selection.id, null);
      } else if (mutation.kind !== 'patch') {
        drafted.set(String(mutation.document['_id']), mutation.document);
      }
    }
    return mutations;
  });
}

interface Context {
  index: number;
  read(id: string): JsonRecord | null;
  documents: ReadonlyMap<string, LakeDocument>;
  now: string;
}

function translate(action: JsonRecord, context: Context): Mutation[] {
  const text = (name: string) => textOf(action, name, context.index);
  switch (action['actionType']) {
    case 'sanity.action.document.create':
      return createDraft(action, context);
    case 'sanity.action.document.edit':
      return editDraft(
        { draftId: text('draftId'), publishedId: text('publishedId') },
        parsePatchOperations(action['patch'], context.index),
        context,
      );
    case 'sanity.action.document.publish':
      return publish(action, context);
    case 'sanity.action.document.unpublish':
      return unpublish(text('draftId'), text('publishedId'), context);
    case 'sanity.action.document.delete':
      return deleteGroup(text('publishedId'), textsOf(action['includeDrafts']), context);
    case 'sanity.action.document.discard':
      return [remove(existing(text('draftId'), context))];
    case 'sanity.action.document.version.discard':
      return [remove(existing(text('versionId'), context))];
    case 'sanity.action.document.replaceDraft':
      return [{ kind: 'createOrReplace', document: recordOf(action, 'attributes', context.index) }];
    case 'sanity.action.document.version.replace':
      return [{ kind: 'createOrReplace', document: recordOf(action, 'document', context.index) }];
    case 'sanity.action.document.version.create':
      return createVersion(action, context);
    case 'sanity.action.document.version.unpublish':
      return [
        {
          kind: 'patch',
          selection: { id: existing(text('versionId'), context) },
          operations: { set: { '_system.delete': true } },
        },
      ];
    default:
      return translateRelease(action, context);
  }
}

/** The published document and its drafts; a draft that is there and not named is somebody's work. */
function deleteGroup(publishedId: string, drafts: readonly string[], context: Context): Mutation[] {
  const draftId = `drafts.${publishedId}`;
  if (context.read(draftId) !== null && !drafts.includes(draftId)) {
    throw refusal(
      context.index,
      409,
      'draftExistsError',
      `Draft "${draftId}" exists and is not in "includeDrafts"`,
    );
  }
  const there = [publishedId, ...drafts].filter((id) => context.read(id) !== null);
  return there.length === 0 ? [remove(existing(publishedId, context))] : there.map(remove);
}

function createDraft(action: JsonRecord, context: Context): Mutation[] {
  const attributes = recordOf(action, 'attributes', context.index);
  const id = String(attributes['_id']);
  const publishedId = textOf(action, 'publishedId', context.index);
  if (context.read(id) !== null) {
    if (action['ifExists'] === 'ignore') return [];
    throw refusal(context.index, 409, 'documentAlreadyExistsError', `Draft "${id}" already exists`);
  }
  if (isDraftId(id) && context.read(publishedId) !== null) {
    throw refusal(
      context.index,
      409,
      'documentAlreadyExistsError',
      `Published document "${publishedId}" already exists; edit it instead`,
    );
  }
  return [{ kind: 'create', document: attributes }];
}

function editDraft(
  { draftId, publishedId }: { draftId: string; publishedId: string },
  operations: PatchOperations,
  context: Context,
): Mutation[] {
  const patch: Mutation = { kind: 'patch', selection: { id: draftId }, operations };
  if (context.read(draftId) !== null) return [patch];
  const published = context.read(publishedId);
  if (published === null) {
    throw missing(context.index, draftId);
  }
  return [{ kind: 'create', document: { ...published, _id: draftId } }, patch];
}

function publish(action: JsonRecord, context: Context): Mutation[] {
  const draftId = textOf(action, 'draftId', context.index);
  const publishedId = textOf(action, 'publishedId', context.index);
  const draft = context.read(draftId);
  if (draft === null) throw missing(context.index, draftId);
  const published = context.read(publishedId);
  guardRevision(action['ifDraftRevisionId'], draft, draftId, context);
  guardRevision(action['ifPublishedRevisionId'], published, publishedId, context);
  return [publishedFrom(draft, publishedId, published), remove(draftId)];
}

function publishedFrom(
  draft: JsonRecord,
  publishedId: string,
  published: JsonRecord | null,
): Mutation {
  const { _system: _ignored, ...content } = draft;
  const document: unknown = strengthened({
    ...content,
    _id: publishedId,
    _createdAt: published?.['_createdAt'] ?? draft['_createdAt'],
  });
  return { kind: 'createOrReplace', document: isRecord(document) ? document : {} };
}

/** A reference the Studio held weak only until its target is published becomes strong now. */
function strengthened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strengthened);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, strengthened(member)]);
  const copy: JsonRecord = Object.fromEntries(entries);
  const promise = copy['_strengthenOnPublish'];
  if (promise === undefined) return copy;
  delete copy['_strengthenOnPublish'];
  if (!(isRecord(promise) && promise['weak'] === true)) delete copy['_weak'];
  return copy;
}

function unpublish(draftId: string, publishedId: string, context: Context): Mutation[] {
  const published = context.read(existing(publishedId, context));
  return [
    { kind: 'createIfNotExists', document: { ...published, _id: draftId } },
    remove(publishedId),
  ];
}

function createVersion(action: JsonRecord, context: Context): Mutation[] {
  if (isRecord(action['document'])) return [{ kind: 'create', document: action['document'] }];
  const baseId = textOf(action, 'baseId', context.index);
  const versionId = textOf(action, 'versionId', context.index);
  const base = context.read(existing(baseId, context));
  guardRevision(action['ifBaseRevisionId'], base, baseId, context);
  return [{ kind: 'create', document: { ...base, _id: versionId } }];
}

/** Releases: enough for one to be made, filled, published at once and taken away. */
function translateRelease(action: JsonRecord, context: Context): Mutation[] {
  const kind = String(action['actionType']);
  if (!kind.startsWith('sanity.action.release.')) {
    throw refusal(
      context.index,
      400,
      'unknownActionError',
      `The local lake has no action "${kind}"`,
    );
  }
  const name = textOf(action, 'releaseId', context.index);
  const id = `_.releases.${name}`;
  const state = (value: string, more: JsonRecord = {}): Mutation => ({
    kind: 'patch',
    selection: { id: existing(id, context) },
    operations: { set: { state: value, ...more } },
  });
  const versions = [...context.documents.values()].filter(
    (document) => releaseOf(document._id) === name,
  );
  switch (kind.slice('sanity.action.release.'.length)) {
    case 'create':
      return [
        {
          kind: 'create',
          document: {
            _id: id,
            _type: 'system.release',
            name,
            state: 'active',
            metadata: isRecord(action['metadata']) ? action['metadata'] : {},
          },
        },
      ];
    case 'edit':
      return [
        {
          kind: 'patch',
          selection: { id: existing(id, context) },
          operations: parsePatchOperations(action['patch'], context.index),
        },
      ];
    case 'schedule':
      return [state('scheduled', { publishAt: textOf(action, 'publishAt', context.index) })];
    case 'unschedule':
      return [state('active')];
    case 'archive':
      return [state('archived'), ...versions.map(({ _id }) => remove(_id))];
    case 'delete':
      return [remove(existing(id, context)), ...versions.map(({ _id }) => remove(_id))];
    case 'publish':
      return [
        ...versions.flatMap((version) => publishVersion(version, context)),
        state('published', { publishedAt: context.now }),
      ];
    default:
      throw refusal(
        context.index,
        400,
        'unknownActionError',
        `The local lake has no action "${kind}"`,
      );
  }
}

function publishVersion(version: LakeDocument, context: Context): Mutation[] {
  const publishedId = publishedIdOf(version._id);
  const system = version['_system'];
  const isRemoval = isRecord(system) && system['delete'] === true;
  const published = context.read(publishedId);
  const effect = isRemoval
    ? published === null
      ? []
      : [remove(publishedId)]
    : [publishedFrom(version, publishedId, published)];
  return [...effect, remove(version._id)];
}

function remove(id: string): Mutation {
  return { kind: 'delete', selection: { id } };
}

function existing(id: string, context: Context): string {
  if (context.read(id) === null) throw missing(context.index, id);
  return id;
}

function guardRevision(
  expected: unknown,
  document: JsonRecord | null,
  id: string,
  context: Context,
): void {
  if (typeof expected !== 'string' || document?.['_rev'] === expected) return;
  throw refusal(
    context.index,
    409,
    'documentRevisionIDDoesNotMatchError',
    `Document "${id}" has unexpected revision ID "${String(document?.['_rev'])}", expected "${expected}"`,
  );
}

function textOf(action: JsonRecord, name: string, index: number): string {
  const value = action[name];
  if (typeof value === 'string' && value !== '') return value;
  throw refusal(index, 400, 'malformedActionError', `The action needs a "${name}"`);
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];
}

function recordOf(action: JsonRecord, name: string, index: number): JsonRecord {
  const value = action[name];
  if (isRecord(value)) {
    const id = value['_id'];
    if (typeof id === 'string' && (isDraftId(id) || isVersionId(id))) return value;
  }
  throw refusal(
    index,
    400,
    'malformedActionError',
    `The action needs a "${name}" whose _id starts with "drafts." or "versions."`,
  );
}

function missing(index: number, id: string) {
  return refusal(index, 404, 'documentNotFoundError', `Document "${id}" was not found`);
}

function refusal(index: number, status: number, type: string, description: string) {
  return mutationRefusal(status, { index, type, description }, 'actionError');
}
