import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivately } from './private-file.ts';

/** Everything secret of one local stack. Made once, so that a second start finds its data usable. */
export type StackSecrets = z.output<typeof shape>;

const key = z.object({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) });
const shape = z.object({
  lake: z.object({ editor: z.string().min(32), viewer: z.string().min(32) }),
  webhook: z.string().min(32),
  /** For whoever starts a function by hand. */
  invoke: z.string().min(32),
  aws: z.object({
    receiver: key,
    publisher: key,
    sweeper: key,
    collector: key,
    edge: key,
    operator: key,
  }),
});

export type Role = keyof StackSecrets['aws'];

/** Secrets for one run. */
export function freshSecrets(): StackSecrets {
  const secret = () => randomBytes(32).toString('base64url');
  const keyOf = (role: Role) => ({
    accessKeyId: `LOCAL${role.toUpperCase()}`,
    secretAccessKey: secret(),
  });
  return {
    lake: { editor: `local-editor-${secret()}`, viewer: `local-viewer-${secret()}` },
    webhook: secret(),
    invoke: secret(),
    aws: {
      receiver: keyOf('receiver'),
      publisher: keyOf('publisher'),
      sweeper: keyOf('sweeper'),
      collector: keyOf('collector'),
      edge: keyOf('edge'),
      operator: keyOf('operator'),
    },
  };
}

/** Secrets that live as long as the data in a folder, in a file that only its owner can read. */
export function keptSecrets(directory: string): StackSecrets {
  const file = join(directory, 'secrets.json');
  if (existsSync(file)) {
    const kept = shape.safeParse(readJson(file));
    if (kept.success) return kept.data;
    throw new Error(`${file} is not what this version writes; remove it, and new ones are made`);
  }
  const made = freshSecrets();
  writePrivately(file, made);
  return made;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
