import { createLog, type Log } from '../src/adapters/log.ts';

/** The functions' log: Lambda writes what is given to the console as one line of JSON. */
export const log: Log = createLog((level, line) => console[level](line));
