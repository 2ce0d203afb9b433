import type { BriefingDocument } from '../document.ts';
import { assumedLanguage } from '../from-document.ts';
import type { Problem } from '../model.ts';
import type { RichTextDocument } from '../portable-text.ts';
import { portraitProblems } from '../portrait.ts';
import { entryPath, error, joinPath, quoted, under, warning } from '../problem.ts';
import { textOrNull } from '../unicode.ts';
import { identitiesAreWhole } from './identity-rules.ts';
import { required } from './required-fields.ts';

/** What is said of a briefing. */
export function briefingProblems(document: BriefingDocument): Problem[] {
  return briefingRules.flatMap((rule) => rule(document));
}

const briefingRules: readonly ((document: BriefingDocument) => Problem[])[] = [
  answersAreSound,
  citationsAreWhole,
  citationsMeet,
  ageHasReason,
  scoreIsWhole,
  correctionsAreWhole,
  retractionIsWhole,
  shownForwards,
  bylineNamesSomebody,
  (document) => identitiesAreWhole(document.identities, 'identities'),
  (document) =>
    document.portrait === undefined ? [] : portraitProblems(document.portrait, 'portrait'),
  listedOnce,
  pointsElsewhere,
  hasWhatItShould,
];

const answerFields = [
  'whyInTheNews',
  'whyWeCare',
  'whyYouShouldCare',
  'whoElseCares',
  'furtherComments',
] as const satisfies readonly (keyof BriefingDocument)[];

function answersOf(
  document: BriefingDocument,
): { readonly field: string; readonly answer: RichTextDocument }[] {
  return answerFields.flatMap((field) => {
    const answer = document[field];
    return answer === undefined ? [] : [{ field, answer }];
  });
}

function answersAreSound(document: BriefingDocument): Problem[] {
  return answersOf(document).flatMap(({ field, answer }) => under(field, answer.problems));
}

function citationsAreWhole({ citations = [] }: BriefingDocument): Problem[] {
  const seen = new Set<string>();
  return citations.flatMap((citation, index) => {
    const path = entryPath('citations', citation, index);
    const problems: Problem[] = [];
    if (citation.key === undefined) {
      problems.push(
        required(joinPath(path, 'key'), 'The citation has no key.', 'Give it a short key.'),
      );
    } else if (seen.has(citation.key)) {
      problems.push(
        error({
          code: 'duplicate-key',
          path: joinPath(path, 'key'),
          message: `Two citations have the key ${quoted(citation.key)}.`,
          fix: 'Give one of them another key.',
        }),
      );
    } else seen.add(citation.key);
    if (citation.url === undefined) {
      problems.push(
        required(
          joinPath(path, 'url'),
          'The citation has no address.',
          'Write the address of the source, beginning with https://.',
        ),
      );
    }
    if (textOrNull(citation.title) === null) {
      problems.push(
        required(
          joinPath(path, 'title'),
          'The citation has no title.',
          'Write the title of the source.',
        ),
      );
    }
    return problems;
  });
}

function citationsMeet(document: BriefingDocument): Problem[] {
  const listed = new Set((document.citations ?? []).map((citation) => citation.key));
  const used = answersOf(document).flatMap(({ field, answer }) =>
    answer.citations.map(({ key, path }) => ({ key, path: joinPath(field, path) })),
  );
  const dangling = used
    .filter(({ key }) => !listed.has(key))
    .map(({ key, path }) =>
      error({
        code: 'dangling-citation',
        path,
        message: `The text cites ${quoted(key)}, which is not among the citations.`,
        fix: 'Add the citation to the list, or remove the mark from the text.',
      }),
    );
  const usedKeys = new Set(used.map(({ key }) => key));
  const unused = (document.citations ?? []).flatMap((citation, index) =>
    citation.key === undefined || usedKeys.has(citation.key)
      ? []
      : [
          warning({
            code: 'unused-citation',
            path: entryPath('citations', citation, index),
            message: `No text cites ${quoted(citation.key)}.`,
            fix: 'Mark the words it supports, or remove it.',
          }),
        ],
  );
  return [...dangling, ...unused];
}

/** The Studio leaves an empty group where an editor cleared its fields; that is no half group. */
function isUnset(value: unknown, words: string | undefined): boolean {
  return value === undefined && textOrNull(words) === null;
}

function ageHasReason({ age }: BriefingDocument): Problem[] {
  if (isUnset(age?.value, age?.reason)) return [];
  const problems: Problem[] = [];
  if (age?.value === undefined) {
    problems.push(
      required(
        'age.value',
        'The age is to be overridden, but no age is written.',
        'Write the age, or clear the override.',
      ),
    );
  }
  if (textOrNull(age?.reason) === null) {
    problems.push(
      required(
        'age.reason',
        'An age that overrides the computed one needs a reason.',
        'Write why, for example “as printed”.',
      ),
    );
  }
  return problems;
}

function scoreIsWhole({ score }: BriefingDocument): Problem[] {
  if (isUnset(score?.value, score?.about)) return [];
  const problems: Problem[] = [];
  if (score?.value === undefined) {
    problems.push(
      required('score.value', 'The score has no number.', 'Write a whole number from 0 to 10.'),
    );
  }
  if (textOrNull(score?.about) === null) {
    problems.push(
      required(
        'score.about',
        'The score does not say what it is about.',
        'Write what the reader should care about, so that it reads “7/10 about …”.',
      ),
    );
  }
  return problems;
}

function correctionsAreWhole({ corrections = [] }: BriefingDocument): Problem[] {
  return corrections.flatMap((correction, index) => {
    const path = entryPath('corrections', correction, index);
    const problems: Problem[] = [];
    if (correction.at === undefined) {
      problems.push(
        required(
          joinPath(path, 'at'),
          'The correction has no day and time.',
          'Choose when it was made.',
        ),
      );
    }
    if (correction.kind === undefined) {
      problems.push(
        required(
          joinPath(path, 'kind'),
          'The correction does not say what it is.',
          'Choose correction, update or clarification.',
        ),
      );
    }
    if (textOrNull(correction.text) === null) {
      problems.push(
        required(
          joinPath(path, 'text'),
          'The correction has no text.',
          'Say what was wrong, and what is right.',
        ),
      );
    }
    return problems;
  });
}

function retractionIsWhole({ retraction }: BriefingDocument): Problem[] {
  if (isUnset(retraction?.at, retraction?.reason)) return [];
  const problems: Problem[] = [];
  if (retraction?.at === undefined) {
    problems.push(
      required('retraction.at', 'The retraction has no day and time.', 'Choose when it was made.'),
    );
  }
  if (textOrNull(retraction?.reason) === null) {
    problems.push(
      required(
        'retraction.reason',
        'The retraction gives no reason.',
        'Tell readers why the briefing was withdrawn.',
      ),
    );
  }
  return problems;
}

function shownForwards({ publishAt, unpublishAt }: BriefingDocument): Problem[] {
  if (publishAt === undefined || unpublishAt === undefined || publishAt < unpublishAt) return [];
  return [
    error({
      code: 'period-reversed',
      path: 'unpublishAt',
      message: 'The briefing would be taken down before it is published.',
      fix: 'Choose an instant after the one of publication, or clear it.',
    }),
  ];
}

function bylineNamesSomebody({ byline = [] }: BriefingDocument): Problem[] {
  return byline.flatMap((entry, index) =>
    entry.contributor === undefined
      ? [
          required(
            joinPath(entryPath('byline', entry, index), 'contributor'),
            'A line of the byline names nobody.',
            'Choose a team or an author, or remove the line.',
          ),
        ]
      : [],
  );
}

function listedOnce(document: BriefingDocument): Problem[] {
  return (['countries', 'topics', 'related'] as const).flatMap((field) => {
    const seen = new Set<string>();
    return (document[field] ?? []).flatMap((reference, index) => {
      if (!seen.has(reference._ref)) {
        seen.add(reference._ref);
        return [];
      }
      return [
        error({
          code: 'duplicate-reference',
          path: entryPath(field, reference, index),
          message: 'The same document is listed twice.',
          fix: 'Remove one of the two.',
        }),
      ];
    });
  });
}

function pointsElsewhere(document: BriefingDocument): Problem[] {
  const problems: Problem[] = [];
  if (document.translationOf?._ref === document._id) {
    problems.push(
      error({
        code: 'self-reference',
        path: 'translationOf',
        message: 'The briefing is marked as a translation of itself.',
        fix: 'Choose the original, or clear the field.',
      }),
    );
  }
  for (const [index, reference] of (document.related ?? []).entries()) {
    if (reference._ref !== document._id) continue;
    problems.push(
      error({
        code: 'self-reference',
        path: entryPath('related', reference, index),
        message: 'The briefing is listed as related to itself.',
        fix: 'Remove it from the list.',
      }),
    );
  }
  return problems;
}

function hasWhatItShould(document: BriefingDocument): Problem[] {
  const advised: readonly [missing: boolean, path: string, message: string, fix: string][] = [
    [
      document.language === undefined,
      'language',
      `The briefing has no language; it is taken to be in ${quoted(assumedLanguage)}.`,
      'Choose the language the briefing is written in.',
    ],
    [
      isUnset(document.score?.value, document.score?.about),
      'score',
      'The briefing has no score.',
      'Say how much a reader should care, from 0 to 10, and about what.',
    ],
    [
      (document.citations ?? []).length === 0,
      'citations',
      'The briefing names no source.',
      'Add a citation for what readers may want to check.',
    ],
    [
      (document.countries ?? []).length === 0,
      'countries',
      'The briefing is in no country’s list.',
      'Choose the countries it is about.',
    ],
    [
      (document.byline ?? []).length === 0,
      'byline',
      'The briefing has no byline.',
      'Choose the team or the authors who wrote it.',
    ],
  ];
  return advised
    .filter(([missing]) => missing)
    .map(([, path, message, fix]) => warning({ code: 'recommended', path, message, fix }));
}
