import { isDocumentId } from '../../src/briefing/document-id.ts';
import type { DocumentId } from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { isRecord } from '../../src/briefing/problem.ts';
import type { ReceiptProblem } from './progress.ts';
import { valueAt } from './value-at.ts';

/** A problem as an editor reads it. */
export interface ToldProblem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  /** Another document that it is about. */
  readonly other: DocumentId | null;
}

/**
 * The problems of a receipt, which has codes and paths only, in the words that the rules have for the
 * document as it was published, or that are written here for what only the publisher can know.
 */
export function tellProblems(
  problems: readonly ReceiptProblem[],
  published: Readonly<Record<string, unknown>>,
): readonly ToldProblem[] {
  const byRule = ruleProblems(published);
  return problems.map(({ code, path, holder }) => {
    const rule = byRule.find((each) => each.code === code && each.path === path);
    const words = rule ?? publisherWords[code] ?? unknownWords(code);
    return {
      code,
      path,
      message: words.message,
      fix: words.fix,
      other: holder ?? (code.startsWith('reference-') ? referenceAt(published, path) : null),
    };
  });
}

/** What the rules alone say against publishing a document. */
export function ruleErrors(published: Readonly<Record<string, unknown>>): readonly ToldProblem[] {
  return ruleProblems(published)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path, message, fix }) => ({ code, path, message, fix, other: null }));
}

function ruleProblems(published: Readonly<Record<string, unknown>>) {
  const parsed = parseDocument(published);
  return parsed.ok ? parsed.warnings : parsed.problems;
}

interface Told {
  readonly message: string;
  readonly fix: string;
}

const publisherWords: Readonly<Record<string, Told>> = {
  'slug-taken': {
    message: 'Another document has this address already.',
    fix: 'Choose another slug here, or change the other document’s.',
  },
  'publish-at-live': {
    message: 'It is live already, so it cannot be held back until later.',
    fix: 'Clear “Publish at”; or unpublish it first, and publish it then with an embargo.',
  },
  'language-fixed': {
    message: 'The publication’s language cannot change: every address depends on it.',
    fix: 'Choose the language it had before.',
  },
  'leads-nowhere': {
    message: 'Published like this, it would have put a link on the site that leads nowhere.',
    fix: 'Publish it once more. If that does not help, tell whoever runs the site: it is a fault of the program, not of what you wrote.',
  },
  'reference-missing': {
    message: 'What is chosen here is not published, or cannot be published as it is.',
    fix: 'Open it, mend what is told there, and publish it; this document follows by itself.',
  },
  'reference-gone': {
    message: 'What is chosen here is not published any more. Readers see it as it last was.',
    fix: 'Publish it again, or choose another.',
  },
  'reference-invalid': {
    message: 'What is chosen here was published with a problem. Readers see it as it last was.',
    fix: 'Open it, mend what is told there, and publish it.',
  },
};

function unknownWords(code: string): Told {
  return {
    message: `The site refused this for a reason this Studio has no words for (${code}).`,
    fix: 'The Studio may be older than the site: reload this page. If that does not help, tell whoever runs the site.',
  };
}

function referenceAt(document: Readonly<Record<string, unknown>>, path: string): DocumentId | null {
  const value = valueAt(document, path);
  if (!isRecord(value)) return null;
  const { _ref: id } = value;
  return typeof id === 'string' && isDocumentId(id) ? id : null;
}
