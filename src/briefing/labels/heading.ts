import type { Briefing } from '../model.ts';
import { catalogueFor } from './catalogue-for.ts';

/**
 * The heading of an issue, derived from its date; the year lives in the data.
 *
 * @example headingOf({ date: '2026-11-24', headline: 'A summit', language: 'en' }) === 'Tuesday (November 24th): A summit'
 */
export function headingOf(briefing: Pick<Briefing, 'date' | 'headline' | 'language'>): string {
  return catalogueFor(briefing.language).heading(briefing);
}
