import { feedPaths } from '../../src/site/paths.ts';
import type { Progress } from './progress.ts';

/** Where to look at what is published; nothing for what no reader gets. */
export function linksOf(
  { subject, stage }: Progress,
  siteUrl: string,
): readonly { readonly title: string; readonly url: string }[] {
  const known = stage.kind === 'unreachable' ? stage.before : stage;
  if (known.kind === 'merged' && known.answer?.kind === 'moved' && subject.kind === 'revision') {
    return subject.page === null ? [] : [{ title: 'Leads on', url: siteUrl + subject.page.path }];
  }
  const isThere =
    known.kind === 'committed' ||
    known.kind === 'seen' ||
    known.kind === 'closed' ||
    (known.kind === 'quarantined' && known.stands === true) ||
    (known.kind === 'unkept' && known.answer?.kind === 'there');
  if (!isThere || subject.kind !== 'revision') return [];
  const page = subject.page === null ? [] : [{ title: 'Page', url: siteUrl + subject.page.path }];
  const json =
    subject.contract === null ? [] : [{ title: 'JSON', url: siteUrl + subject.contract }];
  return [
    // A refused revision may want another address than the one that stands.
    ...(known.kind === 'quarantined' ? [] : page),
    ...json,
    { title: 'Feed', url: siteUrl + feedPaths.json },
  ];
}
