import { ConcreteRuleClass, type Rule, type ValidationContext, type ValidationError } from 'sanity';
import type { Problem } from '../../src/briefing/model.ts';
import { missingReferences } from './missing-references.ts';
import { pathInForm } from './path-in-form.ts';
import { problemsOfDraft } from './problems-of-draft.ts';
import { silenceFieldsOf } from './silence.ts';

/**
 * The validation of every type: what the core would say of the document, were it published now, told
 * at its fields in the same words. The schema itself has no rule, so no rule can be written twice.
 *
 * Beside them only what the lake itself insists on is asked: that what a document cannot do without
 * is there. Sanity calls this anew for each document because it takes a context; rules begin anew
 * too, without the checks of Sanity's own that the given one carries.
 */
export function rulesOfTheCore(_rule: unknown, context?: ValidationContext): Rule[] {
  if (context?.type !== undefined) silenceFieldsOf(context.type);
  const rule = new ConcreteRuleClass();
  return [
    rule.custom((document) => told(document, 'error')).error(),
    rule.custom((document) => told(document, 'warning')).warning(),
    rule
      .custom(async (document, { getDocumentExists }) =>
        getDocumentExists === undefined
          ? true
          : (await missingReferences(document, getDocumentExists)).map((problem) =>
              marker(problem, document),
            ),
      )
      .error(),
  ];
}

function told(document: unknown, severity: Problem['severity']): ValidationError[] {
  return problemsOfDraft(document)
    .filter((problem) => problem.severity === severity)
    .map((problem) => marker(problem, document));
}

function marker({ code, message, fix, path }: Problem, document: unknown): ValidationError {
  return { code, message: `${message} ${fix}`, path: pathInForm(path, document) };
}
