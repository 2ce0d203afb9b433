import { isRecord, type JsonRecord, type LakeDocument } from './documents.ts';

/**
 * Replaces `… match text::query(<text>)`, which every list and search box of the Studio sends and
 * the query engine parses but cannot run, by `_id in [<ids that contain the words>]`, in place.
 */
export function rewriteTextSearch(
  tree: unknown,
  context: { documents: ReadonlyMap<string, LakeDocument>; params: JsonRecord },
): void {
  if (Array.isArray(tree)) {
    for (const node of tree) rewriteTextSearch(node, context);
    return;
  }
  if (!isRecord(tree)) return;
  if (tree['type'] === 'OpCall' && tree['op'] === 'match' && isTextQuery(tree['right'])) {
    const sought = soughtText(tree['right'], context.params);
    tree['op'] = 'in';
    tree['left'] = { type: 'AccessAttribute', name: '_id' };
    tree['right'] = { type: 'Value', value: idsContaining(sought, context.documents) };
    return;
  }
  for (const node of Object.values(tree)) rewriteTextSearch(node, context);
}

function isTextQuery(node: unknown): node is JsonRecord {
  return (
    isRecord(node) &&
    node['type'] === 'FuncCall' &&
    node['namespace'] === 'text' &&
    node['name'] === 'query'
  );
}

function soughtText(call: JsonRecord, params: JsonRecord): string {
  const argument: unknown = Array.isArray(call['args']) ? call['args'][0] : undefined;
  if (!isRecord(argument)) return '';
  const value =
    argument['type'] === 'Parameter' ? params[String(argument['name'])] : argument['value'];
  return typeof value === 'string' ? value : '';
}

/** Every word must occur somewhere in the document's text; `-word` must not; case does not count. */
function idsContaining(
  sought: string,
  documents: ReadonlyMap<string, LakeDocument>,
): readonly string[] {
  const words = sought
    .toLowerCase()
    .split(/[\s"*]+/u)
    .filter((word) => word !== '' && word !== '-');
  const wanted = words.filter((word) => !word.startsWith('-'));
  const unwanted = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
  const ids: string[] = [];
  for (const [id, document] of documents) {
    const text = textOf(document).toLowerCase();
    if (
      wanted.every((word) => text.includes(word)) &&
      !unwanted.some((word) => text.includes(word))
    ) {
      ids.push(id);
    }
  }
  return ids;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return `${value}\n`;
  if (typeof value === 'number') return `${value}\n`;
  const members = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
  return members.map(textOf).join('');
}
