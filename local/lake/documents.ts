/** A document as the content lake stores and serves it. */
export interface LakeDocument {
  _id: string;
  _type: string;
  _rev: string;
  _createdAt: string;
  _updatedAt: string;
  [attribute: string]: unknown;
}

/** What one transaction did to one document; `null` means it was not there. */
export interface DocumentChange {
  id: string;
  before: LakeDocument | null;
  after: LakeDocument | null;
}

export type JsonRecord = Record<string, unknown>;

/** True for a JSON object: not null, not an array. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True when a JSON value has the attributes every stored document has. */
export function isLakeDocument(value: unknown): value is LakeDocument {
  return (
    isRecord(value) &&
    typeof value['_id'] === 'string' &&
    typeof value['_type'] === 'string' &&
    typeof value['_rev'] === 'string' &&
    typeof value['_createdAt'] === 'string' &&
    typeof value['_updatedAt'] === 'string'
  );
}

export function isDraftId(id: string): boolean {
  return id.startsWith('drafts.');
}

export function isVersionId(id: string): boolean {
  return id.startsWith('versions.');
}

/** The release a version id belongs to, or undefined for drafts and published ids. */
export function releaseOf(id: string): string | undefined {
  return isVersionId(id) ? id.split('.')[1] : undefined;
}

/** `drafts.x` and `versions.r.x` both belong to the published id `x`. */
export function publishedIdOf(id: string): string {
  if (isDraftId(id)) return id.slice('drafts.'.length);
  if (isVersionId(id)) return id.split('.').slice(2).join('.');
  return id;
}

/** Letters, digits, `_`, `-` and inner dots; at most 128 characters, as the hosted lake demands. */
export function isValidDocumentId(id: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(id) && !id.endsWith('.') && !id.includes('..');
}

/** Calls `visit` for every reference object anywhere inside `value`. */
export function visitReferences(
  value: unknown,
  visit: (reference: JsonRecord, target: string) => void,
): void {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (Array.isArray(next)) {
      for (const member of next) pending.push(member);
    } else if (isRecord(next)) {
      if (typeof next['_ref'] === 'string') visit(next, next['_ref']);
      for (const member of Object.values(next)) {
        if (typeof member === 'object' && member !== null) pending.push(member);
      }
    }
  }
}

/** Ids this document may not outlive: strong references within the same dataset. */
export function strongReferences(document: LakeDocument): Set<string> {
  const targets = new Set<string>();
  visitReferences(document, (reference, target) => {
    const isForeign = '_dataset' in reference || '_projectId' in reference;
    if (reference['_weak'] !== true && !isForeign) targets.add(target);
  });
  return targets;
}
