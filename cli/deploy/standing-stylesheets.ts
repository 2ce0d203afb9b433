import * as z from 'zod';
import {
  allowedStylesheets,
  mostStylesheets,
  stylesheetHashes,
} from '../../src/site/stylesheet-hashes.ts';
import { CannotRun } from '../cannot-run.ts';

/**
 * The stylesheets that pages of a stage may still bear and this code does not know: the new template must
 * allow them, or those pages stand unstyled until they are drawn again. The deployed template allows all that
 * stand there, its own last; once everything was drawn by its deployment, that one is all that is left.
 *
 * Throws CannotRun when the policy would have more than CloudFront takes.
 */
export async function standingStylesheets({
  stage,
  template,
  isAllOfDeployment,
}: {
  readonly stage: string;
  /** Of the stack as it is. */
  readonly template: unknown;
  /** Whether its deployment drew all that stands in the bucket. */
  readonly isAllOfDeployment: () => Promise<boolean>;
}): Promise<readonly string[]> {
  const deployed = stylesheetsIn(template);
  const unknown = deployed.filter((hash) => !stylesheetHashes.includes(hash));
  const own = unknown.filter((hash) => hash === deployed.at(-1));
  // Only what may be dropped is worth a look at the whole state.
  const standing = unknown.length > own.length && (await isAllOfDeployment()) ? own : unknown;
  const count = allowedStylesheets(standing).length;
  if (count <= mostStylesheets) return standing;
  throw new CannotRun(
    `  Pages may still bear ${count} stylesheets, and CloudFront takes a policy with ${mostStylesheets}.\n` +
      `    fix: pressrun rebuild --stage ${stage} draws every page again; when nothing is left to be drawn, run this again`,
  );
}

/** The hashes in the policies of a template. */
export function stylesheetsIn(template: unknown): readonly string[] {
  const parsed = templateShape.safeParse(template);
  const policies = parsed.success ? Object.values(parsed.data.Resources) : [];
  const hashes = policies.flatMap((resource) => {
    const policy = resource.Properties?.ResponseHeadersPolicyConfig?.SecurityHeadersConfig;
    const value = policy?.ContentSecurityPolicy.ContentSecurityPolicy ?? '';
    return [...value.matchAll(/'(sha256-[A-Za-z0-9+/]{43}=)'/g)].map(([, hash = '']) => hash);
  });
  return [...new Set(hashes)];
}

const templateShape = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Properties: z
        .object({
          ResponseHeadersPolicyConfig: z
            .object({
              SecurityHeadersConfig: z.object({
                ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }),
              }),
            })
            .optional()
            .catch(undefined),
        })
        .optional(),
    }),
  ),
});
