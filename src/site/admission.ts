/** The name to give where a browser asks; what opens a closed stage is the password. */
export const readerName = 'reader';

/** What a browser sends once a reader has given name and password: the value of `Authorization`. */
export function readerAuthorization(password: string): string {
  return `Basic ${btoa(`${readerName}:${password}`)}`;
}

const open = "const ADMITS = '';";

/**
 * The viewer-request function of a stage that is closed to readers: `admits` is the SHA-256, in hex, of
 * the one `Authorization` that opens it. Throws when the source is not that function.
 */
export function closedToReaders(source: string, admits: string): string {
  if (!source.includes(open)) throw new Error(`Expected a source with the line "${open}"`);
  return source.replace(open, `const ADMITS = '${admits}';`);
}
