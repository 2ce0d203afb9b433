import type { Card, LinkedBriefing } from '../briefing/resolved.ts';
import type { OutgoingLinks } from '../site/outgoing-links.ts';
import { v1 } from '../site/paths.ts';
import type { ContractDocument } from './contract.ts';

/** One line of a list. */
export function cardJson(
  card: Card,
  links: OutgoingLinks,
): ContractDocument<'month'>['briefings'][number] {
  return {
    ...linkedBriefingJson(card, links),
    // A retraction takes the place of the text, so of its summary too.
    summary: card.retracted ? '' : card.summary,
    person: { id: card.personId, name: card.personName },
    score: card.score,
    retracted: card.retracted,
    publishedAt: card.publishedAt,
    modifiedAt: card.modifiedAt,
  };
}

/** A briefing that another one links to. */
export function linkedBriefingJson(
  { id, path, language, date, headline }: LinkedBriefing,
  links: OutgoingLinks,
): ContractDocument<'briefing'>['related'][number] {
  return {
    id,
    url: links.url(path),
    jsonUrl: links.url(v1.briefing(id)),
    language,
    date,
    headline,
  };
}
