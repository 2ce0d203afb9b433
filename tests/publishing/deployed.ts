import { edition } from '../../src/publishing/edition.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { openNewsroom, type Newsroom } from './newsroom.ts';

/** The publisher of one deployment of the code, at work in a newsroom. */
export function ofEpoch(
  newsroom: Newsroom,
  epoch: number,
  renderers: Renderers = edition,
): Publisher {
  return newsroom.publisher({
    renderers,
    stage: { baseUrl: 'https://daily.example', tagAuthority: 'daily.example,2026', epoch },
  });
}

/** A newsroom of two briefings, published whole. */
export async function published(): Promise<Newsroom> {
  const newsroom = openNewsroom();
  newsroom.brief('b-one');
  newsroom.brief('b-two');
  await newsroom.publishWhole([...newsroom.documents.keys()]);
  return newsroom;
}
