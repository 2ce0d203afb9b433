import { unpackText } from '../../src/publishing/stored-text.ts';
import { rootKey, type Root } from '../../src/publishing/state.ts';
import { Tree } from '../../src/publishing/tree.ts';
import { decode, type Bucket } from './bucket.ts';
import type { SimLake } from './lake.ts';
import type { Edit } from './newsroom.ts';

/** A history that broke: its seed, what was done, and the promise. */
export class BrokenHistory extends Error {
  override readonly name = 'BrokenHistory';
  readonly edits: string;
  constructor(seed: number, edits: string, cause: unknown) {
    super(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.edits = edits;
  }
}

/** What a person needs to see of it: an edit a line. */
export function described({ at, edit }: { readonly at: string; readonly edit: Edit }): string {
  return `${at} ${edit.kind} ${edit.id} ${JSON.stringify(summary(edit.fields))}`;
}

/** What state says of each document, for the same person. */
export async function describedState(bucket: Bucket, lake: SimLake): Promise<string> {
  const held = bucket.objects.get(rootKey);
  if (held === undefined) return 'no root';
  const root: Root = JSON.parse(decode(held));
  const tree = new Tree(root.branches, (hash) => {
    const node = bucket.objects.get(`state/node/${hash}`);
    return Promise.resolve(node === undefined ? '{}' : unpackText(node.body));
  });
  const lines = [
    `root ${root.seq} as of ${root.asOf}, due ${root.nextDue ?? 'never'}, pending ${JSON.stringify(root.pending)}, walks ${JSON.stringify(root.walks)}`,
  ];
  for await (const [key, record] of tree.all()) {
    if (/^(?:entry:[bp]-|address:(?!briefing\/en\/archived)|entry:redirect)/.test(key)) {
      lines.push(
        `${key} ${JSON.stringify(record, (name, value: unknown) => (name === 'views' ? undefined : value))}`,
      );
    }
  }
  for (const [id, { _rev }] of lake.documents)
    if (!/^[aq]-/.test(id)) lines.push(`lake ${id} ${_rev}`);
  return lines.join('\n');
}

/** The fields that matter for who links where, without the prose. */
function summary(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { whyInTheNews, whyWeCare, whyYouShouldCare, whoElseCares, byline, ...rest } = fields;
  const mentions = JSON.stringify(whyInTheNews ?? []).match(/"_ref":"[^"]+"/g) ?? [];
  void [whyWeCare, whyYouShouldCare, whoElseCares, byline];
  return { ...rest, mentions };
}
