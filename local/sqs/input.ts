import type { z } from 'zod';
import { invalidParameter, missingParameter } from './errors.ts';

/** Reads the part of a request an operation needs; throws the error SQS gives for what does not fit. */
export function readInput<Shape>(shape: z.ZodType<Shape>, input: unknown): Shape {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const [problem] = result.error.issues;
  const name = problem?.path.join('.') ?? 'input';
  const isMissing = problem?.code === 'invalid_type' && /received undefined/.test(problem.message);
  if (isMissing) throw missingParameter(name);
  throw invalidParameter(`Value for parameter ${name} is invalid. Reason: ${problem?.message}.`);
}
