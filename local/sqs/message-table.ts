import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { bytesIn, numberIn, type Row, textIn } from '../s3/rows.ts';
import { type MessageAttributes, readMessageAttributes } from './message-attributes.ts';

/** A message as it lies in a queue. */
export interface Message {
  readonly rowId: number;
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Of which trace it is a part; empty for none. */
  readonly traceHeader: string;
  /** Empty in a standard queue unless the sender gave one. */
  readonly groupId: string;
  readonly deduplicationId: string;
  readonly sequenceNumber: string;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
  /** The receipt handle of the latest receive; empty before the first. */
  readonly receipt: string;
  /** The ARN of the queue it was moved from, in a queue of dead letters. */
  readonly deadLetterSource: string;
}

/**
 * The messages of all queues in one SQLite table, in order of arrival.
 * Synchronous statements on one thread: no two receives can take the same message.
 */
export class MessageTable {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(schema);
    // A file of an earlier version has messages without.
    const columns = database.prepare('PRAGMA table_info(messages)').all();
    if (!columns.some(({ name }) => name === 'trace')) {
      database.exec("ALTER TABLE messages ADD COLUMN trace TEXT NOT NULL DEFAULT ''");
    }
  }

  add(queue: string, message: NewMessage): Message {
    const { lastInsertRowid } = this.#prepare(
      `INSERT INTO messages (queue, message_id, body, attributes, group_id, dedup_id, sent, visible,
         receives, first_received, receipt, source, trace)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '', ?, ?)`,
    ).run(
      queue,
      message.messageId ?? randomUUID(),
      // As bytes: SQLite text is not made for every character that a body may have.
      Buffer.from(message.body),
      JSON.stringify(message.attributes),
      message.groupId,
      message.deduplicationId,
      message.sentAt,
      message.visibleAt,
      message.deadLetterSource ?? '',
      message.traceHeader,
    );
    const added = this.byRowId(queue, Number(lastInsertRowid));
    if (added === undefined) throw new Error('A message just written is not there');
    return added;
  }

  byRowId(queue: string, rowId: number): Message | undefined {
    const row = this.#prepare('SELECT * FROM messages WHERE queue = ? AND id = ?').get(
      queue,
      rowId,
    );
    return row === undefined ? undefined : readMessage(row);
  }

  all(queue: string): Message[] {
    return this.#prepare('SELECT * FROM messages WHERE queue = ? ORDER BY id')
      .all(queue)
      .map(readMessage);
  }

  /**
   * The next messages that may be received, in order. In a FIFO queue a group with a message in flight
   * waits as a whole; several messages of a free group may come together. A limit of -1 is none.
   */
  receivable(queue: string, isFifo: boolean, now: number, limit: number): Message[] {
    const rows = isFifo
      ? this.#prepare(
          `SELECT * FROM messages WHERE queue = ? AND visible <= ? AND group_id NOT IN
             (SELECT group_id FROM messages WHERE queue = ? AND visible > ? AND receipt <> '')
           ORDER BY id LIMIT ?`,
        ).all(queue, now, queue, now, limit)
      : this.#prepare(
          'SELECT * FROM messages WHERE queue = ? AND visible <= ? ORDER BY id LIMIT ?',
        ).all(queue, now, limit);
    return rows.map(readMessage);
  }

  /** When the next hidden message shows itself; undefined if none is hidden. */
  nextVisibleAt(queue: string, now: number): number | undefined {
    const row = this.#prepare(
      'SELECT visible FROM messages WHERE queue = ? AND visible > ? ORDER BY visible LIMIT 1',
    ).get(queue, now);
    return row === undefined ? undefined : numberIn(row, 'visible');
  }

  markReceived(message: Message, now: number, visibleAt: number): Message {
    const received = {
      ...message,
      receiveCount: message.receiveCount + 1,
      firstReceivedAt: message.firstReceivedAt || now,
      visibleAt,
      receipt: newReceipt(message.rowId),
    };
    this.#prepare(
      'UPDATE messages SET receives = ?, first_received = ?, visible = ?, receipt = ? WHERE id = ?',
    ).run(
      received.receiveCount,
      received.firstReceivedAt,
      visibleAt,
      received.receipt,
      message.rowId,
    );
    return received;
  }

  setVisibleAt(message: Message, visibleAt: number): void {
    this.#prepare('UPDATE messages SET visible = ? WHERE id = ?').run(visibleAt, message.rowId);
  }

  delete(message: Message): void {
    this.#prepare('DELETE FROM messages WHERE id = ?').run(message.rowId);
  }

  purge(queue: string): void {
    this.#prepare('DELETE FROM messages WHERE queue = ?').run(queue);
  }

  forgetQueue(queue: string): void {
    this.purge(queue);
    this.#prepare('DELETE FROM deduplication WHERE queue = ?').run(queue);
  }

  expire(queue: string, sentBefore: number): void {
    this.#prepare('DELETE FROM messages WHERE queue = ? AND sent < ?').run(queue, sentBefore);
  }

  counts(queue: string, now: number): { visible: number; inFlight: number; delayed: number } {
    const row = this.#prepare(
      `SELECT count(*) FILTER (WHERE visible <= ?) AS visible,
              count(*) FILTER (WHERE visible > ? AND receipt <> '') AS in_flight,
              count(*) FILTER (WHERE visible > ? AND receipt = '') AS delayed
       FROM messages WHERE queue = ?`,
    ).get(now, now, now, queue);
    if (row === undefined) return { visible: 0, inFlight: 0, delayed: 0 };
    return {
      visible: numberIn(row, 'visible'),
      inFlight: numberIn(row, 'in_flight'),
      delayed: numberIn(row, 'delayed'),
    };
  }

  /** What was answered to an earlier send with this deduplication id, if it is remembered. */
  earlierSend(
    queue: string,
    scope: string,
    deduplicationId: string,
    since: number,
  ): { messageId: string; sequenceNumber: string } | undefined {
    const row = this.#prepare(
      'SELECT * FROM deduplication WHERE queue = ? AND scope = ? AND dedup_id = ? AND at > ?',
    ).get(queue, scope, deduplicationId, since);
    if (row === undefined) return undefined;
    return { messageId: textIn(row, 'message_id'), sequenceNumber: textIn(row, 'sequence') };
  }

  rememberSend(queue: string, scope: string, message: Message, since: number): void {
    this.#prepare('DELETE FROM deduplication WHERE queue = ? AND at <= ?').run(queue, since);
    this.#prepare('INSERT OR REPLACE INTO deduplication VALUES (?, ?, ?, ?, ?, ?)').run(
      queue,
      scope,
      message.deduplicationId,
      message.sentAt,
      message.messageId,
      message.sequenceNumber,
    );
  }

  transaction<Result>(work: () => Result): Result {
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

export interface NewMessage {
  readonly messageId?: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader: string;
  readonly groupId: string;
  readonly deduplicationId: string;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly deadLetterSource?: string;
}

/** The row a receipt handle speaks of; undefined if this emulator never made such a handle. */
export function rowInReceipt(receipt: string): number | undefined {
  const match = /^(\d+)\.[0-9a-f]{16}\.([0-9a-f]{8})$/.exec(
    Buffer.from(receipt, 'base64url').toString('latin1'),
  );
  if (match === null) return undefined;
  const rowId = Number(match[1]);
  return match[2] === sealOf(rowId) ? rowId : undefined;
}

const newReceipt = (rowId: number): string =>
  Buffer.from(`${rowId}.${randomBytes(8).toString('hex')}.${sealOf(rowId)}`).toString('base64url');

const sealOf = (rowId: number): string =>
  createHash('sha256').update(`receipt ${rowId}`).digest('hex').slice(0, 8);

const schema = `
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL, message_id TEXT NOT NULL, body BLOB NOT NULL, attributes TEXT NOT NULL,
    group_id TEXT NOT NULL, dedup_id TEXT NOT NULL, sent INTEGER NOT NULL, visible INTEGER NOT NULL,
    receives INTEGER NOT NULL, first_received INTEGER NOT NULL, receipt TEXT NOT NULL, source TEXT NOT NULL,
    trace TEXT NOT NULL DEFAULT ''
  );
  CREATE INDEX IF NOT EXISTS messages_in_order ON messages (queue, id);
  CREATE INDEX IF NOT EXISTS hidden_messages ON messages (queue, visible, group_id);
  CREATE TABLE IF NOT EXISTS deduplication (
    queue TEXT NOT NULL, scope TEXT NOT NULL, dedup_id TEXT NOT NULL, at INTEGER NOT NULL,
    message_id TEXT NOT NULL, sequence TEXT NOT NULL, PRIMARY KEY (queue, scope, dedup_id)
  );
`;

function readMessage(row: Row): Message {
  const rowId = numberIn(row, 'id');
  return {
    rowId,
    messageId: textIn(row, 'message_id'),
    body: Buffer.from(bytesIn(row, 'body')).toString('utf8'),
    attributes: readMessageAttributes(textIn(row, 'attributes')),
    traceHeader: textIn(row, 'trace'),
    groupId: textIn(row, 'group_id'),
    deduplicationId: textIn(row, 'dedup_id'),
    // Twenty digits, growing in order of arrival.
    sequenceNumber: String(10n ** 19n + BigInt(rowId)),
    sentAt: numberIn(row, 'sent'),
    visibleAt: numberIn(row, 'visible'),
    receiveCount: numberIn(row, 'receives'),
    firstReceivedAt: numberIn(row, 'first_received'),
    receipt: textIn(row, 'receipt'),
    deadLetterSource: textIn(row, 'source'),
  };
}
