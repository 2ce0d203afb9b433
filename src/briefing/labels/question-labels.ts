import type { CivilDate, LanguageTag, PronounSet, Question, SiteSettings } from '../model.ts';
import { catalogueFor } from './catalogue-for.ts';

/**
 * The printed questions of a briefing: from the catalogue of its language, or as the settings
 * overrode them on its date. Of several overrides the one of the latest day counts; of one day, that
 * for the very pronouns; of those, the last.
 */
export function questionLabels(of: {
  readonly language: LanguageTag;
  readonly pronouns: PronounSet;
  readonly date: CivilDate;
  readonly overrides: SiteSettings['labelOverrides'];
}): Readonly<Record<Question, string>> {
  const { questions: messages } = catalogueFor(of.language);
  const label = (question: Question) =>
    overrideFor(question, of)?.text ?? messages[question][of.pronouns];
  return {
    name: label('name'),
    identity: label('identity'),
    age: label('age'),
    'in-the-news': label('in-the-news'),
    'we-care': label('we-care'),
    'you-should-care': label('you-should-care'),
    'who-else-cares': label('who-else-cares'),
    'further-comments': label('further-comments'),
  };
}

type Override = SiteSettings['labelOverrides'][number];

function overrideFor(
  question: Question,
  of: Parameters<typeof questionLabels>[0],
): Override | undefined {
  let chosen: Override | undefined;
  for (const override of of.overrides) {
    const fits =
      override.question === question &&
      override.language === of.language &&
      (override.pronouns === null || override.pronouns === of.pronouns) &&
      override.effectiveFrom <= of.date;
    if (fits && (chosen === undefined || !outranks(chosen, override))) chosen = override;
  }
  return chosen;
}

function outranks(one: Override, other: Override): boolean {
  if (one.effectiveFrom !== other.effectiveFrom) return one.effectiveFrom > other.effectiveFrom;
  return one.pronouns !== null && other.pronouns === null;
}
