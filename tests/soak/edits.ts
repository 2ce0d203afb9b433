import type { Content, Copies } from './contents.ts';

/** One thing an editor, or a program with a token, does. Its id is the transaction's. */
export interface Edit {
  readonly id: string;
  readonly kind: EditKind;
  /** The briefings it is about: one, but for `pair`. */
  readonly briefings: readonly string[];
}

/**
 * `begin` a draft, `type` in it, give it a `picture`, `publish`, `unpublish`, `discard`, `delete`: as
 * the Studio does. `script` patches what is published; `careful` does so only if nobody else has
 * meanwhile; `pair` changes two published briefings or none.
 */
export type EditKind =
  | 'begin'
  | 'type'
  | 'picture'
  | 'publish'
  | 'unpublish'
  | 'discard'
  | 'delete'
  | 'script'
  | 'careful'
  | 'pair';

/**
 * What an edit makes of one briefing, by the meaning of the words and without the lake's code.
 * Null: it cannot have been done, and must have been refused.
 */
export function after(edit: Edit, { published, draft }: Copies): Copies | null {
  switch (edit.kind) {
    case 'begin':
      return draft === null ? { published, draft: marked(nothing, edit) } : null;
    case 'type':
    case 'picture': {
      const base = draft ?? published;
      return base === null ? null : { published, draft: marked(base, edit) };
    }
    case 'publish':
      return draft === null ? null : { published: draft, draft: null };
    case 'unpublish':
      return published === null ? null : { published: null, draft: draft ?? published };
    case 'discard':
      return draft === null ? null : { published, draft: null };
    case 'delete':
      return published === null && draft === null ? null : { published: null, draft: null };
    case 'script':
    case 'careful':
    case 'pair':
      return published === null ? null : { published: marked(published, edit), draft };
  }
}

const nothing: Content = { headline: '', count: 0, marks: [] };

/** Each edit leaves its own mark beside those of all before it: one that was lost is missed. */
function marked({ count, marks }: Content, { id }: Edit): Content {
  return { headline: headlineOf(id), count: count + 1, marks: [...marks, id] };
}

export const headlineOf = (editId: string): string => `As ${editId} left it`;
