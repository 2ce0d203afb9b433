import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Versioning } from './object-table.ts';
import type { PolicyStatement } from './policy.ts';
import { numberIn, type Row, textIn } from './rows.ts';

export interface Bucket {
  readonly name: string;
  readonly versioning: Versioning;
  readonly policy: readonly PolicyStatement[];
  readonly createdAt: number;
}

/** The buckets and their settings, on disk beside the objects. */
export class BucketTable {
  readonly #database: DatabaseSync;
  readonly #clock: () => number;

  constructor(database: DatabaseSync, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
    database.exec(
      `CREATE TABLE IF NOT EXISTS buckets
       (name TEXT PRIMARY KEY, versioning TEXT NOT NULL, policy TEXT NOT NULL, created INTEGER NOT NULL)`,
    );
  }

  all(): Bucket[] {
    return this.#database.prepare('SELECT * FROM buckets ORDER BY name').all().map(readBucket);
  }

  find(name: string): Bucket | undefined {
    const row = this.#database.prepare('SELECT * FROM buckets WHERE name = ?').get(name);
    return row === undefined ? undefined : readBucket(row);
  }

  create(name: string): void {
    this.#database
      .prepare('INSERT OR IGNORE INTO buckets VALUES (?, ?, ?, ?)')
      .run(name, 'Off', '[]', this.#clock());
  }

  delete(name: string): void {
    this.#database.prepare('DELETE FROM buckets WHERE name = ?').run(name);
  }

  setVersioning(name: string, versioning: Versioning): void {
    this.#database
      .prepare('UPDATE buckets SET versioning = ? WHERE name = ?')
      .run(versioning, name);
  }

  setPolicy(name: string, policy: readonly PolicyStatement[]): void {
    this.#database
      .prepare('UPDATE buckets SET policy = ? WHERE name = ?')
      .run(JSON.stringify(policy), name);
  }
}

const oneOrMore = z.union([z.string(), z.array(z.string())]);

const statement: z.ZodType<PolicyStatement> = z.object({
  Sid: z.string().exactOptional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.union([z.literal('*'), z.record(z.string(), oneOrMore)]).exactOptional(),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z
    .record(z.string(), z.record(z.string(), z.union([oneOrMore, z.boolean()])))
    .exactOptional(),
});

/** Reads the statements of a policy document as PutBucketPolicy receives it; throws if it is none. */
export function readPolicyDocument(json: string): readonly PolicyStatement[] {
  return z.object({ Statement: z.array(statement) }).parse(JSON.parse(json)).Statement;
}

function readBucket(row: Row): Bucket {
  return {
    name: textIn(row, 'name'),
    versioning: z.enum(['Off', 'Enabled', 'Suspended']).parse(textIn(row, 'versioning')),
    policy: z.array(statement).parse(JSON.parse(textIn(row, 'policy'))),
    createdAt: numberIn(row, 'created'),
  };
}
