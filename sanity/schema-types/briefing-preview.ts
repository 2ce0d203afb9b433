import type { PreviewConfig } from 'sanity';

/** A briefing in a list: the person's face, the headline, its date and score, and what to know of it. */
export const briefingPreview: PreviewConfig = {
  select: {
    headline: 'headline',
    date: 'date',
    person: 'person.name',
    score: 'score.value',
    own: 'portrait.image',
    portrait: 'person.portrait.image',
    retractedAt: 'retraction.at',
    publishAt: 'publishAt',
  },
  prepare: ({ headline, date, person, score, own, portrait, retractedAt, publishAt }) => ({
    title: textOf(headline) ?? 'No headline yet',
    subtitle: [
      retractedAt === undefined ? null : 'Retracted',
      isToCome(publishAt) ? `Not before ${String(publishAt).slice(0, 10)}` : null,
      textOf(date),
      textOf(person),
      typeof score === 'number' ? `${score}/10` : null,
    ]
      .filter((part) => part !== null)
      .join(' · '),
    media: own?.asset === undefined ? portrait : own,
  }),
};

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function isToCome(instant: unknown): boolean {
  return typeof instant === 'string' && new Date(instant) > new Date();
}
