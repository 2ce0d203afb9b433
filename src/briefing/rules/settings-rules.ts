import type { SiteSettingsDocument } from '../document.ts';
import type { Problem } from '../model.ts';
import { entryPath, error, joinPath } from '../problem.ts';
import { textOrNull } from '../unicode.ts';
import { required } from './required-fields.ts';

/** What is said of the publication's settings. */
export function settingsProblems(document: SiteSettingsDocument): Problem[] {
  return [...isTheSettings(document), ...overridesAreWhole(document)];
}

/** There is one document of settings, and this is its id. */
const settingsId = 'siteSettings';

function isTheSettings({ _id }: SiteSettingsDocument): Problem[] {
  if (_id === settingsId) return [];
  return [
    error({
      code: 'bad-id',
      path: '_id',
      message: `The settings of the publication have the id ${settingsId}; this document has another.`,
      fix: 'Delete this document and edit the settings of the publication.',
    }),
  ];
}

function overridesAreWhole({ labelOverrides = [] }: SiteSettingsDocument): Problem[] {
  return labelOverrides.flatMap((override, index) => {
    const path = entryPath('labelOverrides', override, index);
    const problems: Problem[] = [];
    if (override.question === undefined) {
      problems.push(
        required(
          joinPath(path, 'question'),
          'The label is of no question.',
          'Choose the question.',
        ),
      );
    }
    if (textOrNull(override.text) === null) {
      problems.push(
        required(
          joinPath(path, 'text'),
          'The label has no text.',
          'Write the label, or remove the entry.',
        ),
      );
    }
    if (override.effectiveFrom === undefined) {
      problems.push(
        required(
          joinPath(path, 'effectiveFrom'),
          'The label does not say from which day it is printed.',
          'Choose the date of the first briefing with this label.',
        ),
      );
    }
    return problems;
  });
}
