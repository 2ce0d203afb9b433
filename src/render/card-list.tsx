/** @jsxImportSource preact */
import type { Card, LinkedBriefing } from '../briefing/resolved.ts';
import { directionOf } from './direction.ts';
import type { Surface } from './surface.ts';

/** Briefings as lines of a list, in the order given. */
export function CardList({
  cards,
  surface,
}: {
  readonly cards: readonly Card[];
  readonly surface: Surface;
}) {
  const { words } = surface;
  return (
    <ol class="cards">
      {cards.map((card) => (
        <li>
          <Line briefing={card} surface={surface} />
          {card.retracted && (
            <strong class="retracted" {...surface.frame}>
              {words.retracted}
            </strong>
          )}
          {!card.retracted && <p {...inLanguageOf(card, surface)}>{card.summary}</p>}
        </li>
      ))}
    </ol>
  );
}

/** Related briefings: what a page may show of another one, and no more. */
export function LinkedList({
  briefings,
  surface,
}: {
  readonly briefings: readonly LinkedBriefing[];
  readonly surface: Surface;
}) {
  return (
    <ol class="cards brief">
      {briefings.map((briefing) => (
        <li>
          <Line briefing={briefing} surface={surface} />
        </li>
      ))}
    </ol>
  );
}

function Line({
  briefing,
  surface,
}: {
  readonly briefing: LinkedBriefing;
  readonly surface: Surface;
}) {
  return (
    <>
      <time dateTime={briefing.date} {...surface.frame}>
        {surface.words.date(briefing.date)}
      </time>{' '}
      <a href={surface.href(briefing.path)} {...inLanguageOf(briefing, surface)}>
        {briefing.headline}
      </a>
    </>
  );
}

function inLanguageOf(
  card: LinkedBriefing,
  surface: Surface,
): { lang?: string; dir?: 'ltr' | 'rtl' } {
  return card.language === surface.language
    ? {}
    : { lang: card.language, dir: directionOf(card.language) };
}
