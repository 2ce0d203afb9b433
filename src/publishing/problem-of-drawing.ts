import type { Problem } from '../briefing/model.ts';
import type { ProblemNote } from './state.ts';

/** For what came of drawing a revision it was refused: in words, for `build` and `validate`. */
export function problemOfDrawing({ code, path }: ProblemNote): Problem {
  const words = known[code] ?? unknown;
  return { code, path, severity: 'error', ...words };
}

const known: Readonly<Record<string, Pick<Problem, 'message' | 'fix'>>> = {
  'takes-too-long': {
    message: 'Something in its text takes too long to draw, so it was not published.',
    fix: 'Undo the last change, or shorten what was changed; what was published before is still on the site. Tell whoever runs the site.',
  },
  'cannot-be-drawn': {
    message: 'The site could not draw it, so it was not published.',
    fix: 'Undo the last change; what was published before is still on the site. Tell whoever runs the site: it is a fault of the program.',
  },
  'leads-nowhere': {
    message: 'Published, it would have put a link on the site that leads nowhere.',
    fix: 'Publish it once more. If that does not help, tell whoever runs the site: it is a fault of the program.',
  },
};

const unknown = {
  message: 'The site could not draw it.',
  fix: 'Publish it once more. If that does not help, tell whoever runs the site: it is a fault of the program.',
};
