import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { numberIn, type Row, textIn } from '../s3/rows.ts';

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  /** As set, without defaults. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly purgedAt: number;
}

/** The queues and their attributes. */
export class QueueTable {
  readonly #database: DatabaseSync;
  readonly #clock: () => number;

  constructor(database: DatabaseSync, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
    database.exec(
      `CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, attributes TEXT NOT NULL,
       created INTEGER NOT NULL, modified INTEGER NOT NULL, purged INTEGER NOT NULL)`,
    );
  }

  all(): Queue[] {
    return this.#database.prepare('SELECT * FROM queues ORDER BY name').all().map(readQueue);
  }

  find(name: string): Queue | undefined {
    const row = this.#database.prepare('SELECT * FROM queues WHERE name = ?').get(name);
    return row === undefined ? undefined : readQueue(row);
  }

  create(name: string, attributes: Readonly<Record<string, string>>): void {
    const now = this.#clock();
    this.#database
      .prepare('INSERT INTO queues VALUES (?, ?, ?, ?, 0)')
      .run(name, JSON.stringify(attributes), now, now);
  }

  setAttributes(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#database
      .prepare('UPDATE queues SET attributes = ?, modified = ? WHERE name = ?')
      .run(JSON.stringify(attributes), this.#clock(), name);
  }

  notePurge(name: string): void {
    this.#database.prepare('UPDATE queues SET purged = ? WHERE name = ?').run(this.#clock(), name);
  }

  delete(name: string): void {
    this.#database.prepare('DELETE FROM queues WHERE name = ?').run(name);
  }
}

export const region = 'us-east-1';
export const account = '000000000000';

export const queueArn = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;

/** The queue's name out of its ARN. */
export const nameInArn = (arn: string): string => arn.split(':').at(-1) ?? '';

function readQueue(row: Row): Queue {
  const name = textIn(row, 'name');
  return {
    name,
    arn: queueArn(name),
    isFifo: name.endsWith('.fifo'),
    attributes: z.record(z.string(), z.string()).parse(JSON.parse(textIn(row, 'attributes'))),
    createdAt: numberIn(row, 'created'),
    modifiedAt: numberIn(row, 'modified'),
    purgedAt: numberIn(row, 'purged'),
  };
}
