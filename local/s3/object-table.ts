import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { bytesIn, numberIn, type Row, textIn } from './rows.ts';

/** What is kept beside an object's bytes and given back with them. */
const objectFacts = z.object({
  /** Content-Type, Cache-Control and the like; names in lower case. */
  headers: z.record(z.string(), z.string()),
  /** `x-amz-meta-…`, without that prefix. */
  metadata: z.record(z.string(), z.string()),
  checksums: z.object({
    crc32: z.string().exactOptional(),
    sha1: z.string().exactOptional(),
    sha256: z.string().exactOptional(),
  }),
  tags: z.record(z.string(), z.string()),
});

export type ObjectFacts = z.infer<typeof objectFacts>;

/** One version of an object, its bytes apart. A delete marker is a version without bytes. */
export interface ObjectVersion {
  readonly rowId: number;
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly isDeleteMarker: boolean;
  /** With its quotes, as in the header. */
  readonly etag: string;
  readonly size: number;
  readonly modifiedAt: number;
  readonly facts: ObjectFacts;
}

export type Versioning = 'Off' | 'Enabled' | 'Suspended';

/** The version id of objects written while versioning is off. */
export const nullVersion = 'null';

/**
 * All versions of all objects, in one SQLite table.
 *
 * One thread and synchronous statements: a check followed by a write is atomic by construction.
 * Text compares as UTF-8 bytes in SQLite, which is the order in which S3 lists keys.
 */
export class ObjectTable {
  readonly #database: DatabaseSync;
  readonly #clock: () => number;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
    database.exec(schema);
  }

  /** The current version, delete markers included. */
  current(bucket: string, key: string): ObjectVersion | undefined {
    return this.#one('WHERE bucket = ? AND key = ? AND latest = 1', bucket, key);
  }

  version(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    return this.#one('WHERE bucket = ? AND key = ? AND version = ?', bucket, key, versionId);
  }

  body(version: ObjectVersion): Uint8Array {
    const row = this.#prepare('SELECT bytes FROM bodies WHERE id = ?').get(version.rowId);
    return row === undefined ? new Uint8Array() : bytesIn(row, 'bytes');
  }

  put({
    bucket,
    key,
    body,
    facts,
    versioning,
    etag = `"${createHash('md5').update(body).digest('hex')}"`,
  }: {
    bucket: string;
    key: string;
    body: Uint8Array;
    facts: ObjectFacts;
    versioning: Versioning;
    /** Multipart uploads have one of their own making. */
    etag?: string;
  }): ObjectVersion {
    return this.#insert({ bucket, key, versioning, etag, facts, body });
  }

  /** What DELETE without a version does: the object goes, or a delete marker covers it. */
  remove({
    bucket,
    key,
    versioning,
  }: {
    bucket: string;
    key: string;
    versioning: Versioning;
  }): ObjectVersion | undefined {
    if (versioning === 'Off') {
      this.removeVersion(bucket, key, nullVersion);
      return undefined;
    }
    return this.#insert({ bucket, key, versioning, etag: '', facts: noFacts });
  }

  /** Erases one version for good; an older one, if any, becomes the current one. */
  removeVersion(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    const gone = this.version(bucket, key, versionId);
    if (gone === undefined) return undefined;
    this.#transaction(() => {
      this.#erase(gone.rowId);
      if (gone.isLatest) {
        this.#prepare(
          `UPDATE versions SET latest = 1 WHERE id =
             (SELECT max(id) FROM versions WHERE bucket = ? AND key = ?)`,
        ).run(bucket, key);
      }
    });
    return gone;
  }

  setTags(version: ObjectVersion, tags: Record<string, string>): void {
    this.#prepare('UPDATE versions SET facts = ? WHERE id = ?').run(
      JSON.stringify({ ...version.facts, tags }),
      version.rowId,
    );
  }

  /** Current objects from a key on or after a key, whichever is later; the caller stops where its prefix ends. */
  objectsAfter({
    bucket,
    from,
    after,
    limit,
  }: {
    bucket: string;
    from: string;
    after: string;
    limit: number;
  }): ObjectVersion[] {
    // One bound only: with two, SQLite may walk the index from the lesser one.
    const isPastStart = Buffer.compare(Buffer.from(after), Buffer.from(from)) >= 0 && after !== '';
    return this.#prepare(
      `SELECT * FROM versions INDEXED BY current_versions
       WHERE bucket = ? AND latest = 1 AND marker = 0 AND key ${isPastStart ? '>' : '>='} ?
       ORDER BY key LIMIT ?`,
    )
      .all(bucket, isPastStart ? after : from, limit)
      .map(readVersion);
  }

  /** All versions after a place, by key and then newest first. */
  versionsAfter({
    bucket,
    from,
    afterKey,
    afterRowId,
    limit,
  }: {
    bucket: string;
    from: string;
    afterKey: string;
    /** Within `afterKey`, only versions older than this row. 0: none of that key. */
    afterRowId: number;
    limit: number;
  }): ObjectVersion[] {
    return this.#prepare(
      `SELECT * FROM versions WHERE bucket = ? AND key >= ? AND (key > ? OR (key = ? AND id < ?))
       ORDER BY key, id DESC LIMIT ?`,
    )
      .all(bucket, from, afterKey, afterKey, afterRowId, limit)
      .map(readVersion);
  }

  hasAny(bucket: string): boolean {
    return (
      this.#prepare('SELECT 1 FROM versions WHERE bucket = ? LIMIT 1').get(bucket) !== undefined
    );
  }

  #insert({
    bucket,
    key,
    versioning,
    etag,
    facts,
    body,
  }: {
    bucket: string;
    key: string;
    versioning: Versioning;
    etag: string;
    facts: ObjectFacts;
    body?: Uint8Array;
  }): ObjectVersion {
    const versionId = versioning === 'Enabled' ? newVersionId() : nullVersion;
    return this.#transaction(() => {
      const replaced =
        versionId === nullVersion ? this.version(bucket, key, nullVersion) : undefined;
      if (replaced !== undefined) this.#erase(replaced.rowId);
      this.#prepare(
        'UPDATE versions SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1',
      ).run(bucket, key);
      const modifiedAt = this.#clock();
      const { lastInsertRowid } = this.#prepare(
        `INSERT INTO versions (bucket, key, version, latest, marker, etag, size, modified, facts)
         VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)`,
      ).run(
        bucket,
        key,
        versionId,
        body === undefined ? 1 : 0,
        etag,
        body?.length ?? 0,
        modifiedAt,
        JSON.stringify(facts),
      );
      const rowId = Number(lastInsertRowid);
      if (body !== undefined) {
        this.#prepare('INSERT INTO bodies (id, bytes) VALUES (?, ?)').run(rowId, body);
      }
      return {
        rowId,
        key,
        versionId,
        isLatest: true,
        isDeleteMarker: body === undefined,
        etag,
        size: body?.length ?? 0,
        modifiedAt,
        facts,
      };
    });
  }

  #erase(rowId: number): void {
    this.#prepare('DELETE FROM bodies WHERE id = ?').run(rowId);
    this.#prepare('DELETE FROM versions WHERE id = ?').run(rowId);
  }

  #one(where: string, ...values: string[]): ObjectVersion | undefined {
    const row = this.#prepare(`SELECT * FROM versions ${where}`).get(...values);
    return row === undefined ? undefined : readVersion(row);
  }

  #transaction<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

const noFacts: ObjectFacts = { headers: {}, metadata: {}, checksums: {}, tags: {} };

const schema = `
  CREATE TABLE IF NOT EXISTS versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL,
    latest INTEGER NOT NULL, marker INTEGER NOT NULL,
    etag TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, facts TEXT NOT NULL
  );
  CREATE UNIQUE INDEX IF NOT EXISTS every_version ON versions (bucket, key, version);
  CREATE UNIQUE INDEX IF NOT EXISTS current_versions ON versions (bucket, key) WHERE latest = 1;
  CREATE TABLE IF NOT EXISTS bodies (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
`;

function readVersion(row: Row): ObjectVersion {
  return {
    rowId: numberIn(row, 'id'),
    key: textIn(row, 'key'),
    versionId: textIn(row, 'version'),
    isLatest: numberIn(row, 'latest') === 1,
    isDeleteMarker: numberIn(row, 'marker') === 1,
    etag: textIn(row, 'etag'),
    size: numberIn(row, 'size'),
    modifiedAt: numberIn(row, 'modified'),
    facts: readFacts(textIn(row, 'facts')),
  };
}

export const readFacts = (json: string): ObjectFacts => objectFacts.parse(JSON.parse(json));

const newVersionId = () => randomBytes(16).toString('base64url');
