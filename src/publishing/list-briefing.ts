import type { DocumentId } from '../briefing/model.ts';
import type { Card } from '../briefing/resolved.ts';
import { canonicalJson } from './digest.ts';
import type { Month } from './state.ts';
import type { StepContext } from './step-context.ts';
import { isEmpty } from './work.ts';

/** Take the old card out of the lists and put the new one in. */
export async function relist(
  context: StepContext,
  id: DocumentId,
  oldCard: Card | null,
  newCard: Card | null,
): Promise<void> {
  const { work } = context;
  if (oldCard !== null && (newCard === null || newCard.date !== oldCard.date)) {
    const rest = work.withMember(await work.cards(oldCard.date), id, null);
    work.set(`cards:${oldCard.date}`, isEmpty(rest) ? undefined : rest);
    await setLine(context, oldCard.date.slice(0, 7), id, null);
  }
  if (newCard !== null) {
    const cards = await work.cards(newCard.date);
    // Most looks find what stands: a month of hundreds is not copied for that.
    if (canonicalJson(cards[id] ?? null) !== canonicalJson(newCard)) {
      work.set(`cards:${newCard.date}`, work.withMember(cards, id, newCard));
    }
    const { date, publishedAt, path, modifiedAt } = newCard;
    await setLine(context, date.slice(0, 7), id, { date, publishedAt, path, modifiedAt });
  }
  for (const card of [oldCard, newCard]) {
    if (card !== null) context.facetMonths.add(`${card.personId} ${card.date.slice(0, 7)}`);
  }
}

async function setLine(
  context: StepContext,
  month: string,
  id: DocumentId,
  line: Month['lines'][string] | null,
): Promise<void> {
  const { work } = context;
  const record = await work.month(month);
  if (canonicalJson(record.lines[id] ?? null) === canonicalJson(line)) return;
  const lines = work.withMember(record.lines, id, line);
  work.set(`month:${month}`, { ...record, lines });
  const site = await work.site();
  const listed = line !== null || !isEmpty(lines);
  if (listed !== site.months.includes(month)) {
    const months = listed
      ? [...site.months, month].sort()
      : site.months.filter((each) => each !== month);
    work.set('site', { ...site, months });
  }
}
