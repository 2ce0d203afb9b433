import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { CannotRun } from './cannot-run.ts';

/**
 * What a command needs of the file of the running local stack. Throws CannotRun when there is none, or
 * when it is of another version.
 */
export function readStackFile<Values>(
  file: string,
  shape: z.ZodType<Values>,
  { otherwise = '' }: { readonly otherwise?: string } = {},
): Values {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CannotRun(
      `${file} is not there: no local stack is running. Start one with "npm start" in another ` +
        `terminal, or name its file with --stack FILE. ${otherwise}`.trimEnd(),
      { cause },
    );
  }
  const stack = shape.safeParse(parseJson(text));
  if (stack.success) return stack.data;
  const fields = stack.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new CannotRun(
    `${file} is no stack file of this version (${fields || 'not JSON'}). End the local stack and run "npm start" again.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
