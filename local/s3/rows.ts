import type { SQLOutputValue } from 'node:sqlite';

/** A row as node:sqlite returns it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** The text in that column; throws if the table does not hold text there. */
export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrongColumn(column, 'text', value);
  return value;
}

/** The number in that column; throws if the table does not hold one there. */
export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw wrongColumn(column, 'a number', value);
  return value;
}

/** The bytes in that column; throws if the table does not hold bytes there. */
export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw wrongColumn(column, 'bytes', value);
  return value;
}

const wrongColumn = (column: string, expected: string, actual: unknown) =>
  new Error(`Column "${column}" should hold ${expected}, holds ${typeof actual}`);
