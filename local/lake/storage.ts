import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

import { isLakeDocument, type DocumentChange, type LakeDocument } from './documents.ts';

/** One entry of a dataset's transaction log. */
export interface TransactionRecord {
  id: string;
  timestamp: string;
  author: string;
  mutations: unknown[];
}

/** One document as one transaction left it; `document` is null where it was deleted. */
export interface Revision {
  sequence: number;
  transaction: TransactionRecord;
  documentId: string;
  document: LakeDocument | null;
}

/**
 * Where the lake keeps what must outlive the process.
 *
 * SQLite (from Node itself) rather than a log file of our own: a commit is one atomic write to
 * disk, so a killed process leaves either all of a transaction or none of it, and the history of
 * one document is an index lookup instead of a scan. Without a directory it lives in memory and
 * runs the same code.
 */
export interface Storage {
  loadDocuments(dataset: string): LakeDocument[];
  appendTransaction(
    dataset: string,
    transaction: TransactionRecord,
    changes: readonly DocumentChange[],
  ): void;
  /** The place of a transaction in the log; undefined when there is none of that id. */
  sequenceOf(dataset: string, transactionId: string): number | undefined;
  countTransactions(dataset: string): number;
  /** Every revision of these documents, oldest first. */
  revisionsOf(dataset: string, documentIds: readonly string[]): Revision[];
  clearDataset(dataset: string): void;
  readRecord(collection: string, key: string): unknown;
  listRecords(collection: string): { key: string; value: unknown }[];
  writeRecord(collection: string, key: string, value: unknown): void;
  deleteRecord(collection: string, key: string): void;
  clearRecords(collection: string): void;
  close(): void;
}

/** Opens (or creates) the lake's database in `directory`, or in memory when there is none. */
export function openStorage(directory: string | undefined): Storage {
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const database = new DatabaseSync(
    directory === undefined ? ':memory:' : join(directory, 'lake.sqlite'),
  );
  lock(database, directory);
  database.exec(`
    CREATE TABLE IF NOT EXISTS documents (
      dataset TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL,
      PRIMARY KEY (dataset, id)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS transactions (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      dataset TEXT NOT NULL, id TEXT NOT NULL, timestamp TEXT NOT NULL, author TEXT NOT NULL,
      mutations TEXT NOT NULL, UNIQUE (dataset, id));
    CREATE TABLE IF NOT EXISTS revisions (
      dataset TEXT NOT NULL, document_id TEXT NOT NULL, sequence INTEGER NOT NULL, json TEXT,
      PRIMARY KEY (dataset, document_id, sequence)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS records (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      collection TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL,
      UNIQUE (collection, key));
  `);
  const statements = {
    documents: database.prepare('SELECT json FROM documents WHERE dataset = ? ORDER BY id'),
    putDocument: database.prepare(
      'INSERT INTO documents VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
    ),
    deleteDocument: database.prepare('DELETE FROM documents WHERE dataset = ? AND id = ?'),
    putTransaction: database.prepare(
      'INSERT INTO transactions (dataset, id, timestamp, author, mutations) VALUES (?, ?, ?, ?, ?)',
    ),
    putRevision: database.prepare('INSERT INTO revisions VALUES (?, ?, ?, ?)'),
    sequence: database.prepare('SELECT sequence FROM transactions WHERE dataset = ? AND id = ?'),
    countTransactions: database.prepare(
      'SELECT count(*) AS total FROM transactions WHERE dataset = ?',
    ),
    revisions: database.prepare(`
      SELECT r.sequence, r.document_id, r.json, t.id, t.timestamp, t.author, t.mutations
      FROM revisions r JOIN transactions t ON t.sequence = r.sequence
      WHERE r.dataset = ? AND r.document_id = ? ORDER BY r.sequence`),
    readRecord: database.prepare('SELECT json FROM records WHERE collection = ? AND key = ?'),
    listRecords: database.prepare(
      'SELECT key, json FROM records WHERE collection = ? ORDER BY position',
    ),
    writeRecord: database.prepare(`
      INSERT INTO records (collection, key, json) VALUES (?, ?, ?)
      ON CONFLICT (collection, key) DO UPDATE SET json = excluded.json`),
    deleteRecord: database.prepare('DELETE FROM records WHERE collection = ? AND key = ?'),
    clearRecords: database.prepare('DELETE FROM records WHERE collection = ?'),
  };

  function atomically(write: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      write();
      database.exec('COMMIT');
    } catch (cause) {
      database.exec('ROLLBACK');
      throw cause;
    }
  }

  return {
    loadDocuments: (dataset) =>
      statements.documents.all(dataset).map((row) => {
        const document: unknown = JSON.parse(text(row, 'json'));
        if (!isLakeDocument(document)) throw new Error('The lake database holds a broken document');
        return document;
      }),

    appendTransaction(dataset, transaction, changes) {
      atomically(() => {
        const { lastInsertRowid } = statements.putTransaction.run(
          dataset,
          transaction.id,
          transaction.timestamp,
          transaction.author,
          JSON.stringify(transaction.mutations),
        );
        for (const { id, after } of changes) {
          const json = after === null ? null : JSON.stringify(after);
          statements.putRevision.run(dataset, id, lastInsertRowid, json);
          if (json === null) statements.deleteDocument.run(dataset, id);
          else statements.putDocument.run(dataset, id, json);
        }
      });
    },

    sequenceOf(dataset, transactionId) {
      const row = statements.sequence.get(dataset, transactionId);
      return row === undefined ? undefined : Number(row['sequence']);
    },

    countTransactions: (dataset) =>
      Number(statements.countTransactions.get(dataset)?.['total'] ?? 0),

    revisionsOf: (dataset, documentIds) =>
      documentIds
        .flatMap((id) => statements.revisions.all(dataset, id).map(revisionFromRow))
        .sort((a, b) => a.sequence - b.sequence),

    clearDataset(dataset) {
      atomically(() => {
        for (const table of ['documents', 'transactions', 'revisions']) {
          database.prepare(`DELETE FROM ${table} WHERE dataset = ?`).run(dataset);
        }
      });
    },

    readRecord(collection, key) {
      const row = statements.readRecord.get(collection, key);
      return row === undefined ? undefined : JSON.parse(text(row, 'json'));
    },

    listRecords: (collection) =>
      statements.listRecords.all(collection).map((row) => ({
        key: text(row, 'key'),
        value: JSON.parse(text(row, 'json')),
      })),

    writeRecord(collection, key, value) {
      statements.writeRecord.run(collection, key, JSON.stringify(value));
    },

    deleteRecord(collection, key) {
      statements.deleteRecord.run(collection, key);
    },

    clearRecords(collection) {
      statements.clearRecords.run(collection);
    },

    close: () => database.close(),
  };
}

/** The lake keeps documents in memory too, so two of them must never share a directory. */
function lock(database: DatabaseSync, directory: string | undefined): void {
  try {
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      BEGIN EXCLUSIVE; COMMIT;`);
  } catch (cause) {
    database.close();
    throw new Error(
      `The lake in ${directory ?? 'memory'} cannot be opened; is another one running on it?`,
      { cause },
    );
  }
}

type Row = Record<string, SQLOutputValue>;

function revisionFromRow(row: Row): Revision {
  const json = row['json'];
  const document: unknown = typeof json === 'string' ? JSON.parse(json) : null;
  const mutations: unknown = JSON.parse(text(row, 'mutations'));
  return {
    sequence: Number(row['sequence']),
    documentId: text(row, 'document_id'),
    document: isLakeDocument(document) ? document : null,
    transaction: {
      id: text(row, 'id'),
      timestamp: text(row, 'timestamp'),
      author: text(row, 'author'),
      mutations: Array.isArray(mutations) ? mutations : [],
    },
  };
}

function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`The lake database has no text in ${column}`);
  return value;
}
