import { type DocumentBadgeComponent, useSchema } from 'sanity';
import { fieldTitle } from './field-title.ts';
import type { Progress } from './progress.ts';
import { useProgress } from './use-progress.ts';
import { usePublication } from './use-publication.ts';
import { useSurvivor } from './use-survivor.ts';
import { type Words, wordsOf } from './words.ts';

/** Whether readers get what was published, beside the Publish button. */
export const PublishBadge: DocumentBadgeComponent = ({ id, type, published, ready, version }) => {
  const publication = usePublication();
  const schemaType = useSchema().get(type);
  const progress = useProgress({ id, type, published, isReady: ready, publication });
  const survivor = useSurvivor(published);
  if (progress === null || version !== null || typeof publication === 'string') return null;
  const words = wordsOf(progress, {
    timeZone: publication.timeZone,
    field: stoppingField(progress, schemaType),
    survivor,
  });
  if (words.label === '') return null;
  return {
    label: words.label,
    title: [words.headline, words.explanation].filter((each) => each !== null).join(' '),
    ...colorOf(words.tone),
  };
};

/** The field that stops a refused revision, as the form calls it. */
export function stoppingField({ stage }: Progress, schemaType: unknown): string | null {
  if (stage.kind !== 'quarantined') return null;
  const titles = stage.receipt.problems.map(({ path }) => fieldTitle(schemaType, path));
  return titles.find((title) => title !== null) ?? null;
}

function colorOf(tone: Words['tone']) {
  switch (tone) {
    case 'primary':
      return { color: 'primary' as const };
    case 'positive':
      return { color: 'success' as const };
    case 'caution':
      return { color: 'warning' as const };
    case 'critical':
      return { color: 'danger' as const };
    case 'default':
      return {};
  }
}
