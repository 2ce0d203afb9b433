import { missingReference } from '../../src/briefing/missing-reference.ts';
import type { Problem } from '../../src/briefing/model.ts';

/**
 * What a document cannot do without and is not published: the lake refuses to publish such a
 * document, and the core a briefing. A weak reference needs nothing; its text is printed unlinked.
 */
export async function missingReferences(
  document: unknown,
  isPublished: (options: { readonly id: string }) => Promise<boolean>,
): Promise<readonly Problem[]> {
  const found = await Promise.all(
    strongReferences(document).map(async (reference) =>
      (await isPublished({ id: reference.id })) ? [] : [missingReference(reference)],
    ),
  );
  return found.flat();
}

interface StrongReference {
  readonly id: string;
  readonly type: string;
  readonly path: string;
}

function strongReferences(document: unknown): readonly StrongReference[] {
  return [
    ...referenceIn(document, 'person', 'person'),
    ...referenceIn(document, 'defaultTeam', 'team'),
    ...entriesOf(document, 'identities').flatMap(([entry, path]) =>
      referenceIn(entry, 'country', 'country', `${path}.`),
    ),
    ...entriesOf(document, 'countries').flatMap(([entry, path]) =>
      reference(entry, 'country', path),
    ),
    ...entriesOf(document, 'topics').flatMap(([entry, path]) => reference(entry, 'topic', path)),
    ...entriesOf(document, 'byline').flatMap(([entry, path]) =>
      referenceIn(entry, 'contributor', 'team or author', `${path}.`),
    ),
  ];
}

function referenceIn(
  parent: unknown,
  field: string,
  type: string,
  before = '',
): readonly StrongReference[] {
  return reference(fieldOf(parent, field), type, `${before}${field}`);
}

function reference(value: unknown, type: string, path: string): readonly StrongReference[] {
  const id = fieldOf(value, '_ref');
  return typeof id === 'string' ? [{ id, type, path }] : [];
}

function entriesOf(document: unknown, field: string): readonly (readonly [unknown, string])[] {
  const list = fieldOf(document, field);
  return Array.isArray(list)
    ? list.map((entry: unknown, index) => [entry, `${field}[${index}]`] as const)
    : [];
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}
