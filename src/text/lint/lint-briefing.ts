import { agesAgree } from './ages.ts';
import { dashesAreDashes } from './dashes.ts';
import type { LintFinding } from './finding.ts';
import { answersHaveMeasure } from './lengths.ts';
import { type LintPerson, type Manuscript, manuscriptOf } from './manuscript.ts';
import { namesAgree } from './names.ts';
import { numbersAgree } from './numbers.ts';
import { picturesSpeakTwice } from './pictures.ts';
import { quotationsClose } from './quotations.ts';
import { scoresAgree } from './scores.ts';
import { sourcesAreCited } from './sources.ts';
import { spacesAreSingle } from './spaces.ts';
import { weekdaysAgree } from './weekdays.ts';

/**
 * What a careful reader would mark in the margin of a briefing: advice, never a verdict. What keeps
 * a briefing from being published is in `src/briefing/rules`.
 *
 * Takes a document of the content lake in any state, half-written or broken, and the person it is
 * about as far as that is known. Total, linear in the length of the text, and of a text that no reader would
 * finish the beginning alone. The findings come in the order in which the form shows their fields, and within a
 * field in the order of its text.
 */
export function lintBriefing(given: {
  readonly document: unknown;
  readonly person: LintPerson | null;
}): readonly LintFinding[] {
  const manuscript = manuscriptOf(given);
  return rules
    .flatMap((rule) => rule(manuscript))
    .map((finding) => ({ finding, place: placeOf(finding, manuscript) }))
    .toSorted((one, other) => one.place - other.place || one.finding.at - other.finding.at)
    .map(({ finding }) => finding);
}

const rules: readonly ((manuscript: Manuscript) => readonly LintFinding[])[] = [
  answersHaveMeasure,
  sourcesAreCited,
  quotationsClose,
  spacesAreSingle,
  dashesAreDashes,
  numbersAgree,
  namesAgree,
  weekdaysAgree,
  agesAgree,
  scoresAgree,
  picturesSpeakTwice,
];

/** Fields as the form lists them. */
const fieldOrder: readonly string[] = [
  'headline',
  'summary',
  'portrait',
  'whyInTheNews',
  'whyWeCare',
  'whyYouShouldCare',
  'score',
  'whoElseCares',
  'furtherComments',
  'citations',
  'corrections',
  'retraction',
];

function placeOf(finding: LintFinding, manuscript: Manuscript): number {
  const field = fieldOf(finding);
  const place = fieldOrder.indexOf(field);
  // What is said of a whole answer comes before what is said of its words.
  const line = finding.path === field ? 0 : 1 + manuscript.lineOf(finding.path);
  return (place === -1 ? fieldOrder.length : place) * 10_000 + line;
}

/** The field of the document that a finding is about. @example 'portrait.caption' → 'portrait' */
export function fieldOf({ path }: Pick<LintFinding, 'path'>): string {
  return /^[^.[]*/.exec(path)?.[0] ?? '';
}
