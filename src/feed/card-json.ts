import type { Card, LinkedBriefing, Publication } from '../briefing/resolved.ts';
import { absolute, v1 } from '../site/paths.ts';
import type { ContractDocument } from './contract.ts';

/** One line of a list. */
export function cardJson(
  card: Card,
  publication: Publication,
): ContractDocument<'month'>['briefings'][number] {
  return {
    ...linkedBriefingJson(card, publication),
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
  { baseUrl }: Publication,
): ContractDocument<'briefing'>['related'][number] {
  return {
    id,
    url: absolute(baseUrl, path),
    jsonUrl: absolute(baseUrl, v1.briefing(id)),
    language,
    date,
    headline,
  };
}
