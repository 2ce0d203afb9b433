import type { LintFinding } from './finding.ts';
import type { Manuscript } from './manuscript.ts';

/** Doubled spaces, doubled full stops, and spaces before a stop: slips that a reader sees. */
export function spacesAreSingle({ lines, language }: Manuscript): LintFinding[] {
  const slips = /^fr(?:-|$)/.test(language) ? [doubledSpace, doubledStop] : everySlip;
  return lines.flatMap((line) =>
    slips.flatMap(({ pattern, ...slip }) =>
      Array.from(line.prose.matchAll(pattern), (match) =>
        line.finding({ ...slip, at: match.index, length: match[0].length }),
      ),
    ),
  );
}

const doubledSpace = {
  code: 'doubled-space',
  pattern: /(?<=\S)[ \u00a0]{2,}(?=\S)/g,
  message: 'There are two spaces where one is enough.',
  fix: 'Delete one of them.',
} as const;

const doubledStop = {
  code: 'doubled-stop',
  pattern: /(?<!\.)\.\s?\.(?!\s?\.)|,\s?,|;\s?;/g,
  message: 'There are two stops one after the other.',
  fix: 'Delete one of them, or write an ellipsis (…) if you mean one.',
} as const;

/** French sets a space before some stops, so this is no slip there. */
const spaceBeforeStop = {
  code: 'space-before-stop',
  pattern: /(?<=[\p{L}\p{N})\]”’]) +[.,;:!?](?=\s|$)/gu,
  message: 'There is a space before a stop.',
  fix: 'Delete the space.',
} as const;

const everySlip = [doubledSpace, doubledStop, spaceBeforeStop] as const;
