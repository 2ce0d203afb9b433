import { countryCodeKind } from './country-code.ts';
import type {
  BriefingDocument,
  CountryDocument,
  IdentityDocument,
  PersonDocument,
  RedirectDocument,
  SiteSettingsDocument,
  WireDocument,
} from './document.ts';
import { assumedLanguage } from './from-document.ts';
import type { Problem } from './model.ts';
import type { RichTextDocument } from './portable-text.ts';
import { portraitProblems } from './portrait.ts';
import { entryPath, error, joinPath, quoted, under, warning } from './problem.ts';
import { isBlank, textOrNull } from './unicode.ts';

/**
 * What a document must have and should have to be published, as pure functions over the document of
 * the wire: the Lambda calls them at the door, the Studio while an editor writes.
 */
export function problemsOf(document: WireDocument): Problem[] {
  return [...missingFields(document), ...rulesOf(document)];
}

/** A field that a type cannot be published without, and what to say when it is not there. */
export interface RequiredField {
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

/** What each type cannot be published without. */
export const requiredFields: Readonly<Record<WireDocument['_type'], readonly RequiredField[]>> = {
  briefing: [
    {
      field: 'headline',
      message: 'The headline is empty.',
      fix: 'Write the headline of the briefing.',
    },
    {
      field: 'slug',
      message: 'The briefing has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
    {
      field: 'date',
      message: 'The briefing has no date.',
      fix: 'Choose the day the briefing is of.',
    },
    {
      field: 'person',
      message: 'Nobody is chosen whom the briefing is about.',
      fix: 'Choose the person, or create one.',
    },
    {
      field: 'whyInTheNews',
      message: 'The question why the person is in the news has no answer.',
      fix: 'Write at least one paragraph.',
    },
    {
      field: 'whyWeCare',
      message: 'The question why we care has no answer.',
      fix: 'Write at least one paragraph.',
    },
    {
      field: 'whyYouShouldCare',
      message: 'The question why the reader should care has no answer.',
      fix: 'Write at least one paragraph.',
    },
    {
      field: 'whoElseCares',
      message: 'The question who else cares has no answer.',
      fix: 'Write at least one paragraph.',
    },
  ],
  person: [
    { field: 'name', message: 'The person has no name.', fix: 'Write the name as it is printed.' },
    {
      field: 'slug',
      message: 'The person has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
  ],
  country: [
    {
      field: 'code',
      message: 'The country has no code.',
      fix: 'Write its ISO code, such as KZ, or one of our own, such as X-STATELESS.',
    },
    { field: 'name', message: 'The country has no name.', fix: 'Write the name as it is printed.' },
    {
      field: 'demonym',
      message: 'The country has no word for its people.',
      fix: 'Write it as it is printed, such as Kazakh.',
    },
    {
      field: 'slug',
      message: 'The country has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
  ],
  team: [
    { field: 'name', message: 'The team has no name.', fix: 'Write the name as it is printed.' },
    {
      field: 'slug',
      message: 'The team has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
  ],
  author: [
    { field: 'name', message: 'The author has no name.', fix: 'Write the name as it is printed.' },
  ],
  topic: [
    {
      field: 'title',
      message: 'The topic has no title.',
      fix: 'Write the title as it is printed.',
    },
    {
      field: 'slug',
      message: 'The topic has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
  ],
  redirect: [
    {
      field: 'from',
      message: 'The redirect does not say which briefing is gone.',
      fix: 'Unpublish the briefing again with a target, which writes the redirect.',
    },
  ],
  siteSettings: [
    {
      field: 'name',
      message: 'The publication has no name.',
      fix: 'Write the name of the publication.',
    },
    {
      field: 'timeZone',
      message: 'The publication has no time zone.',
      fix: 'Choose a zone by region and city, such as Europe/London.',
    },
    {
      field: 'language',
      message: 'The publication has no language.',
      fix: 'Choose the language most briefings are in.',
    },
  ],
};

function missingFields(document: WireDocument): Problem[] {
  const fields = new Map<string, unknown>(Object.entries(document));
  return requiredFields[document._type]
    .filter(({ field }) => !isThere(fields.get(field)))
    .map(({ field, message, fix }) => error({ code: 'required', path: field, message, fix }));
}

/** Present, and with something to see. */
function isThere(value: unknown): boolean {
  if (typeof value === 'string') return !isBlank(value);
  if (typeof value !== 'object' || value === null) return value !== undefined;
  if ('hasText' in value) return value.hasText === true;
  return 'current' in value ? value.current !== undefined : '_ref' in value;
}

function rulesOf(document: WireDocument): Problem[] {
  switch (document._type) {
    case 'briefing':
      return briefingRules.flatMap((rule) => rule(document));
    case 'person':
      return personRules.flatMap((rule) => rule(document));
    case 'country':
      return codeIsKnown(document);
    case 'team':
      return [
        ...(document.logo === undefined ? [] : portraitProblems(document.logo, 'logo')),
        ...notMergedIntoItself(document),
        ...linksHaveAddresses(document),
      ];
    case 'author':
      return [
        ...(document.portrait === undefined ? [] : portraitProblems(document.portrait, 'portrait')),
        ...notMergedIntoItself(document),
        ...linksHaveAddresses(document),
      ];
    case 'topic':
      return notMergedIntoItself(document);
    case 'redirect':
      return redirectLeadsElsewhere(document);
    case 'siteSettings':
      return [...isTheSettings(document), ...overridesAreWhole(document)];
  }
}

const briefingRules: readonly ((document: BriefingDocument) => Problem[])[] = [
  answersAreSound,
  citationsAreWhole,
  citationsMeet,
  ageHasReason,
  scoreIsWhole,
  correctionsAreWhole,
  retractionIsWhole,
  periodIsForward,
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

function ageHasReason({ age }: BriefingDocument): Problem[] {
  if (age === undefined) return [];
  const problems: Problem[] = [];
  if (age.value === undefined) {
    problems.push(
      required(
        'age.value',
        'The age is to be overridden, but no age is written.',
        'Write the age, or clear the override.',
      ),
    );
  }
  if (textOrNull(age.reason) === null) {
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
  if (score === undefined) return [];
  const problems: Problem[] = [];
  if (score.value === undefined) {
    problems.push(
      required('score.value', 'The score has no number.', 'Write a whole number from 0 to 10.'),
    );
  }
  if (textOrNull(score.about) === null) {
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
  if (retraction === undefined) return [];
  const problems: Problem[] = [];
  if (retraction.at === undefined) {
    problems.push(
      required('retraction.at', 'The retraction has no day and time.', 'Choose when it was made.'),
    );
  }
  if (textOrNull(retraction.reason) === null) {
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

function periodIsForward({ publishAt, unpublishAt }: BriefingDocument): Problem[] {
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

function identitiesAreWhole(
  identities: readonly IdentityDocument[] | undefined,
  field: string,
): Problem[] {
  return (identities ?? []).flatMap((identity, index) => {
    const path = entryPath(field, identity, index);
    const problems = forward(identity, path);
    if (identity.country === undefined) {
      problems.push(
        required(
          joinPath(path, 'country'),
          'The identity names no country.',
          'Choose a country; there are entries for the stateless and for former states.',
        ),
      );
    }
    return problems;
  });
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
      document.score === undefined,
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

const personRules: readonly ((document: PersonDocument) => Problem[])[] = [
  (document) => identitiesAreWhole(document.identities, 'identities'),
  (document) =>
    (document.roles ?? []).flatMap((role, index) => {
      const path = entryPath('roles', role, index);
      return textOrNull(role.title) === null
        ? [
            required(
              joinPath(path, 'title'),
              'The role has no title.',
              'Write the title, such as President.',
            ),
          ]
        : forward(role, path);
    }),
  nativeNameIsWhole,
  diedAfterBirth,
  (document) =>
    document.portrait === undefined ? [] : portraitProblems(document.portrait, 'portrait'),
  linksHaveAddresses,
  notMergedIntoItself,
  personHasWhatItShould,
];

function nativeNameIsWhole({ nativeName }: PersonDocument): Problem[] {
  if (nativeName === undefined) return [];
  if (textOrNull(nativeName.text) !== null && nativeName.language !== undefined) return [];
  const field = nativeName.language === undefined ? 'language' : 'text';
  return [
    required(
      `nativeName.${field}`,
      `The native name has no ${field}.`,
      'Give both the name and its language, or clear the field.',
    ),
  ];
}

function diedAfterBirth({ born, died }: PersonDocument): Problem[] {
  if (born === undefined || died === undefined || !isBefore(died, born)) return [];
  return [
    error({
      code: 'period-reversed',
      path: 'died',
      message: `The person died (${died}) before being born (${born}).`,
      fix: 'Correct one of the two dates.',
    }),
  ];
}

function personHasWhatItShould(document: PersonDocument): Problem[] {
  if (document.mergedInto !== undefined) return [];
  const isIndividual = (document.kind ?? 'individual') === 'individual';
  const advised: readonly [missing: boolean, path: string, message: string, fix: string][] = [
    [
      isIndividual && document.pronouns === undefined,
      'pronouns',
      'No pronouns are chosen; the labels say “they”.',
      'Choose the pronouns the person uses.',
    ],
    [
      isIndividual && document.born === undefined,
      'born',
      'The birth date is not known, so no age is printed.',
      'Write what is known of it: a year is enough.',
    ],
    [
      isIndividual && (document.identities ?? []).length === 0,
      'identities',
      'The person has no Westphalian identity.',
      'Choose at least one country; there are entries for the stateless.',
    ],
    [
      document.portrait === undefined,
      'portrait',
      'The person has no portrait.',
      'Add a picture with its credit and licence.',
    ],
  ];
  return advised
    .filter(([missing]) => missing)
    .map(([, path, message, fix]) => warning({ code: 'recommended', path, message, fix }));
}

function codeIsKnown({ code, status }: CountryDocument): Problem[] {
  if (code === undefined || isBlank(code)) return [];
  const kind = countryCodeKind(code);
  if (kind === 'unknown') {
    return [
      error({
        code: 'unknown-country-code',
        path: 'code',
        message: `${quoted(code)} is no code of a country or a former state.`,
        fix: 'Write the ISO code in capitals, such as KZ; a code of our own begins with X-, such as X-STATELESS.',
      }),
    ];
  }
  if (kind !== 'former' || status === undefined || status === 'former') return [];
  return [
    warning({
      code: 'former-country-code',
      path: 'status',
      message: `${quoted(code)} is the code of a former state, but its status is ${quoted(status)}.`,
      fix: 'Choose the status former, or correct the code.',
    }),
  ];
}

function notMergedIntoItself(document: {
  readonly _id: string;
  readonly mergedInto?: { readonly _ref: string } | undefined;
}): Problem[] {
  if (document.mergedInto?._ref !== document._id) return [];
  return [
    error({
      code: 'self-reference',
      path: 'mergedInto',
      message: 'The document is marked as merged into itself.',
      fix: 'Choose the document that goes on, or clear the field.',
    }),
  ];
}

function linksHaveAddresses({
  links = [],
}: {
  readonly links?: readonly { readonly url?: string | undefined }[] | undefined;
}): Problem[] {
  return links.flatMap((link, index) =>
    link.url === undefined
      ? [
          required(
            joinPath(entryPath('links', link, index), 'url'),
            'The link has no address.',
            'Write the address, beginning with https://, or remove the link.',
          ),
        ]
      : [],
  );
}

function redirectLeadsElsewhere({ _id, from, to }: RedirectDocument): Problem[] {
  if (from === undefined) return [];
  const problems: Problem[] = [];
  // A long id is hashed; whether the hash is the right one is for whoever reads redirects by id.
  const isHashed = from.length + 'redirect-'.length > 128 && /^redirect-[0-9a-f]{64}$/.test(_id);
  if (_id !== `redirect-${from}` && !isHashed) {
    problems.push(
      error({
        code: 'bad-id',
        path: '_id',
        message: `The redirect of ${quoted(from)} must have the id redirect-${from}.`,
        fix: 'Unpublish the briefing again with a target, which writes the redirect.',
      }),
    );
  }
  if (to?._ref === from) {
    problems.push(
      error({
        code: 'self-reference',
        path: 'to',
        message: 'The redirect leads to the briefing that is gone.',
        fix: 'Choose another briefing, or clear the field to lead home.',
      }),
    );
  }
  return problems;
}

/** There is one document of settings, and this is its id. */
export const settingsId = 'siteSettings';

function isTheSettings({ _id }: SiteSettingsDocument): Problem[] {
  if (_id === settingsId) return [];
  return [
    error({
      code: 'bad-id',
      path: '_id',
      message: `The settings of the publication have the id ${settingsId}; this document has another.`,
      fix: 'Delete this document and edit the settings of the publication.',
    }),
  ];
}

function overridesAreWhole({ labelOverrides = [] }: SiteSettingsDocument): Problem[] {
  return labelOverrides.flatMap((override, index) => {
    const path = entryPath('labelOverrides', override, index);
    const problems: Problem[] = [];
    if (override.question === undefined) {
      problems.push(
        required(
          joinPath(path, 'question'),
          'The label is of no question.',
          'Choose the question.',
        ),
      );
    }
    if (textOrNull(override.text) === null) {
      problems.push(
        required(
          joinPath(path, 'text'),
          'The label has no text.',
          'Write the label, or remove the entry.',
        ),
      );
    }
    if (override.effectiveFrom === undefined) {
      problems.push(
        required(
          joinPath(path, 'effectiveFrom'),
          'The label does not say from which day it is printed.',
          'Choose the date of the first briefing with this label.',
        ),
      );
    }
    return problems;
  });
}

function forward(
  period: { readonly from?: string | undefined; readonly until?: string | undefined },
  path: string,
): Problem[] {
  const { from, until } = period;
  if (from === undefined || until === undefined || !isBefore(until, from)) return [];
  return [
    error({
      code: 'period-reversed',
      path: joinPath(path, 'until'),
      message: `The period ends (${until}) before it begins (${from}).`,
      fix: 'Correct one of the two dates.',
    }),
  ];
}

/** True when a partial date is certainly before another. */
function isBefore(earlier: string, later: string): boolean {
  const length = Math.min(earlier.length, later.length);
  return earlier.slice(0, length) < later.slice(0, length);
}

function required(path: string, message: string, fix: string): Problem {
  return error({ code: 'required', path, message, fix });
}
