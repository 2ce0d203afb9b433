import type { Question } from '../../src/briefing/model.ts';

/** Which printed question a field of a briefing answers. */
export const questionOfField: Readonly<Record<string, Question>> = {
  person: 'name',
  identities: 'identity',
  age: 'age',
  whyInTheNews: 'in-the-news',
  whyWeCare: 'we-care',
  whyYouShouldCare: 'you-should-care',
  whoElseCares: 'who-else-cares',
  furtherComments: 'further-comments',
};
