import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { type ObjectFacts, readFacts } from './object-table.ts';
import { bytesIn, numberIn, textIn } from './rows.ts';

export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly facts: ObjectFacts;
}

export interface Part {
  readonly number: number;
  readonly etag: string;
  readonly bytes: Uint8Array;
}

/** Multipart uploads that are neither completed nor aborted. */
export class MultipartTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`
      CREATE TABLE IF NOT EXISTS uploads
        (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, facts TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS parts
        (upload TEXT NOT NULL, number INTEGER NOT NULL, etag TEXT NOT NULL, bytes BLOB NOT NULL,
         PRIMARY KEY (upload, number));
    `);
  }

  begin({ bucket, key, facts }: Omit<Upload, 'id'>): string {
    const id = randomBytes(24).toString('base64url');
    this.#database
      .prepare('INSERT INTO uploads VALUES (?, ?, ?, ?)')
      .run(id, bucket, key, JSON.stringify(facts));
    return id;
  }

  find(id: string): Upload | undefined {
    const row = this.#database.prepare('SELECT * FROM uploads WHERE id = ?').get(id);
    if (row === undefined) return undefined;
    return {
      id,
      bucket: textIn(row, 'bucket'),
      key: textIn(row, 'key'),
      facts: readFacts(textIn(row, 'facts')),
    };
  }

  addPart(id: string, number: number, bytes: Uint8Array): string {
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    this.#database
      .prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)')
      .run(id, number, etag, bytes);
    return etag;
  }

  parts(id: string): Part[] {
    return this.#database
      .prepare('SELECT number, etag, bytes FROM parts WHERE upload = ? ORDER BY number')
      .all(id)
      .map((row) => ({
        number: numberIn(row, 'number'),
        etag: textIn(row, 'etag'),
        bytes: bytesIn(row, 'bytes'),
      }));
  }

  end(id: string): void {
    this.#database.prepare('DELETE FROM parts WHERE upload = ?').run(id);
    this.#database.prepare('DELETE FROM uploads WHERE id = ?').run(id);
  }
}
