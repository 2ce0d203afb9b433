import * as z from 'zod';
import { canonicalJson } from '../../src/publishing/digest.ts';

/** The functions that draw pages. The receiver and the collector draw nothing. */
const drawing = ['publish-briefings', 'sweep'] as const;

/**
 * What decides the bytes of every page, as a template has it: the bundles of the functions that draw and
 * their variables. Two templates that are alike in this draw alike; the number of the deployment is in
 * neither, but a parameter of both.
 */
export function drawingCode(template: unknown): string {
  const parsed = templateShape.safeParse(template);
  const resources = parsed.success ? Object.values(parsed.data.Resources) : [];
  return canonicalJson(
    drawing.map((name) => {
      const found = resources.find(({ Properties }) =>
        Properties?.FunctionName?.endsWith(`-${name}`),
      )?.Properties;
      return {
        name,
        code: found?.Code?.S3Key ?? null,
        variables: found?.Environment?.Variables ?? null,
      };
    }),
  );
}

const templateShape = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Properties: z
        .object({
          FunctionName: z.string().optional().catch(undefined),
          Code: z.object({ S3Key: z.string() }).optional().catch(undefined),
          Environment: z
            .object({ Variables: z.record(z.string(), z.unknown()) })
            .optional()
            .catch(undefined),
        })
        .optional(),
    }),
  ),
});

/**
 * The number that a deployment gets; null keeps the one before. Another number for every deployment would
 * have the whole site drawn again for a threshold of an alarm.
 */
export function nextEpoch({
  deployed,
  ofBucket,
  isSameCode,
}: {
  /** Of the stack; null when there is none. */
  readonly deployed: number | null;
  /** Of the state's root; null when nothing was ever published. */
  readonly ofBucket: number | null;
  readonly isSameCode: boolean;
}): number | null {
  if (deployed === null) return (ofBucket ?? 0) + 1;
  const isBehind = ofBucket !== null && ofBucket > deployed;
  return isSameCode && !isBehind ? null : Math.max(deployed, ofBucket ?? 0) + 1;
}
