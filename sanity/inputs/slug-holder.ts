import { childOf } from '../../src/briefing/problem.ts';

/** Another document that stands, or wants to stand, at the same address. */
export interface SlugHolder {
  readonly id: string;
  readonly title: string;
  readonly isDraft: boolean;
}

/** Asks for whoever holds a slug of a type and a language, but for the document itself. */
export const holderQuery = `*[
  _type == $type && slug.current == $slug &&
  !(_id in [$id, "drafts." + $id]) && !(_id in path("versions.**")) &&
  ($type != "briefing" || coalesce(language, "en") == $language)
] | order(_id desc) [0...2] {_id, "title": coalesce(headline, name, title)}`;

/** The holder among the answers: whoever is published comes first. */
export function holderFrom(answers: unknown): SlugHolder | null {
  if (!Array.isArray(answers)) return null;
  const holders = answers.flatMap((answer: unknown) => {
    const id = childOf(answer, '_id');
    const title = childOf(answer, 'title');
    if (typeof id !== 'string') return [];
    return [
      {
        id: id.replace(/^drafts\./, ''),
        title: typeof title === 'string' && title !== '' ? title : 'a document without a title',
        isDraft: id.startsWith('drafts.'),
      },
    ];
  });
  return holders.find(({ isDraft }) => !isDraft) ?? holders[0] ?? null;
}
