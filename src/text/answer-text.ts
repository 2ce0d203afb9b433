import type { Question } from '../briefing/model.ts';
import type { ResolvedBriefing } from '../briefing/resolved.ts';
import { proseOf } from '../render/answers.tsx';
import type { Surface } from '../render/surface.ts';
import { plainAnswer } from './plain-answer.ts';

/** The answer to a question as plain text; paragraphs stand apart by a blank line. */
export function answerText(
  question: Question,
  resolved: ResolvedBriefing,
  surface: Surface,
): string {
  switch (question) {
    case 'name':
      return resolved.personName;
    case 'identity':
      return resolved.identities.length === 0
        ? surface.words.unknownIdentity
        : resolved.identities.map(({ demonym }) => demonym).join(', ');
    case 'age':
      return surface.words.age(resolved.age);
    case 'in-the-news':
    case 'we-care':
    case 'you-should-care':
    case 'who-else-cares':
    case 'further-comments':
      return plainAnswer(proseOf(resolved, question), resolved, surface);
  }
}
