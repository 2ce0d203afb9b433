import { admit, type Judgement } from './admission.ts';
import { type WireDocument, wireSchemas } from './document.ts';
import { fromDocument } from './from-document.ts';
import { problemsOfIssues } from './issues.ts';
import {
  type DocumentType,
  documentTypes,
  type Parsed,
  type Problem,
  type PublishedDocument,
} from './model.ts';
import { describe, error, fieldOf, isError, quoted } from './problem.ts';
import { problemsOf } from './rules.ts';
import { unknownFields } from './unknown-fields.ts';

/**
 * The door: a document as fetched becomes a document of the domain, or the list of everything that
 * keeps it from being one. Total, for any value of JSON: it never throws, and refuses what is too
 * large or too deep before it looks closer. A draft's id is refused; to check a draft, give it with
 * the id it will be published under. A revision that was accepted once is read as `accepted`: what is
 * stricter today than it was then does not judge it.
 */
export function parseDocument(
  document: unknown,
  judgement: Judgement = 'new',
): Parsed<PublishedDocument> {
  const admitted = admit(document, judgement);
  if (!admitted.ok) return { ok: false, problems: [admitted.problem] };
  const type = fieldOf(admitted.value, '_type');
  if (!isDocumentType(type)) return { ok: false, problems: [unknownType(type)] };
  const { wire, problems, unread } = readWire(type, admitted.value);
  if (wire !== null) {
    problems.push(...problemsOf(wire).filter((problem) => !followsFrom(unread, problem)));
  }
  problems.push(...unknownFields(wireSchemas[type], admitted.value));
  const value = wire === null || problems.some(isError) ? null : fromDocument(wire);
  return value === null ? { ok: false, problems } : { ok: true, value, warnings: problems };
}

interface WireReading {
  readonly wire: WireDocument | null;
  readonly problems: Problem[];
  /** Fields that are left out because they are not what their names say. */
  readonly unread: ReadonlySet<unknown>;
}

/**
 * The document as zod reads it. When some fields are not what their names say, they are told and
 * left out, and the rest is read again: an editor should see every problem at once.
 */
function readWire(type: DocumentType, document: unknown): WireReading {
  const schema = wireSchemas[type];
  const whole = schema.safeParse(document);
  if (whole.success) return { wire: whole.data, problems: [], unread: new Set() };
  const problems = problemsOfIssues(whole.error.issues, document);
  const unread = new Set<unknown>(whole.error.issues.map((issue) => issue.path[0]));
  const rest = schema.safeParse(
    Object.fromEntries(Object.entries(Object(document)).filter(([field]) => !unread.has(field))),
  );
  return { wire: rest.success ? rest.data : null, problems, unread };
}

/** True for what is only found because a field could not be read: it is not missing too. */
function followsFrom(unread: ReadonlySet<unknown>, problem: Problem): boolean {
  return (
    unread.has(problem.path) || (problem.code === 'dangling-citation' && unread.has('citations'))
  );
}

function isDocumentType(type: unknown): type is DocumentType {
  return documentTypes.some((each) => each === type);
}

function unknownType(type: unknown): Problem {
  const found = typeof type === 'string' ? quoted(type) : describe(type);
  return error({
    code: 'unknown-type',
    path: '_type',
    message: `Expected a document of one of the types ${documentTypes.join(', ')}; found ${found}.`,
    fix: 'Create the document in the Studio, which sets its type.',
  });
}
