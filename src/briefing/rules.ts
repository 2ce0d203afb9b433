import type { WireDocument } from './document.ts';
import type { Problem } from './model.ts';
import { portraitProblems } from './portrait.ts';
import { briefingProblems } from './rules/briefing-rules.ts';
import { codeIsKnown } from './rules/country-rules.ts';
import { linksHaveAddresses } from './rules/link-rules.ts';
import { notMergedIntoItself } from './rules/merge-rules.ts';
import { personProblems } from './rules/person-rules.ts';
import { redirectLeadsElsewhere } from './rules/redirect-rules.ts';
import { missingFields } from './rules/required-fields.ts';
import { settingsProblems } from './rules/settings-rules.ts';

/**
 * What a document must have and should have to be published, as pure functions over the document of
 * the wire: the Lambda calls them at the door, the Studio while an editor writes.
 */
export function problemsOf(document: WireDocument): Problem[] {
  return [...missingFields(document), ...rulesOf(document)];
}

function rulesOf(document: WireDocument): Problem[] {
  switch (document._type) {
    case 'briefing':
      return briefingProblems(document);
    case 'person':
      return personProblems(document);
    case 'country':
      return codeIsKnown(document);
    case 'team':
      return [
        ...(document.logo === undefined ? [] : portraitProblems(document.logo, 'logo')),
        ...notMergedIntoItself(document),
        ...linksHaveAddresses(document),
      ];
    case 'author':
      return [
        ...(document.portrait === undefined ? [] : portraitProblems(document.portrait, 'portrait')),
        ...notMergedIntoItself(document),
        ...linksHaveAddresses(document),
      ];
    case 'topic':
      return notMergedIntoItself(document);
    case 'redirect':
      return redirectLeadsElsewhere(document);
    case 'siteSettings':
      return settingsProblems(document);
  }
}
