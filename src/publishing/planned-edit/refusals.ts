import type { DocumentId, Instant, Problem } from '../../briefing/model.ts';
import type { ParseDocument } from '../../briefing/parse-once.ts';
import type { CleanSite } from '../clean-site.ts';
import type { Edit, Neighbourhood } from '../neighbourhood.ts';

/** What keeps a document from being published. */
export interface Refusal {
  readonly id: DocumentId;
  readonly problems: readonly Problem[];
}

/** What keeps an edited document from being published. A warning keeps nothing. */
export function refusals(
  edit: Edit,
  around: Neighbourhood,
  after: CleanSite,
  parse: ParseDocument,
): readonly Refusal[] {
  return [...edit.keys()].flatMap((id) => {
    const found = after.problems.find((each) => each.id === id)?.problems ?? [];
    const tooLate = around.briefings.has(id) && embargoOf(edit.get(id), after.asOf, parse) !== null;
    const problems = [
      ...found.filter(({ severity }) => severity === 'error'),
      ...(tooLate ? [publishAtOfLive] : []),
    ];
    return problems.length === 0 ? [] : [{ id, problems }];
  });
}

/** The publisher refuses it too: an embargo is for a first publication. */
const publishAtOfLive: Problem = {
  code: 'publish-at-live',
  path: 'publishAt',
  severity: 'error',
  message: 'The briefing is live already, and “Publish at” lies in the future.',
  fix: 'Clear “Publish at”; to take the briefing down, unpublish it.',
};

/** When the first of the edited documents that wait for their time is shown. */
export function earliestEmbargo(
  edit: Edit,
  after: CleanSite,
  parse: ParseDocument,
): Instant | null {
  const embargoes = [...edit]
    .filter(([id]) => !after.live.has(id))
    .map(([, document]) => embargoOf(document, after.asOf, parse));
  return embargoes.filter((instant) => instant !== null).sort()[0] ?? null;
}

function embargoOf(document: unknown, asOf: Instant, parse: ParseDocument): Instant | null {
  const parsed = parse(document);
  if (!parsed.ok || parsed.value.type !== 'briefing') return null;
  const { publishAt } = parsed.value;
  return publishAt !== null && publishAt > asOf ? publishAt : null;
}
