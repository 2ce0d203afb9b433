import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Attributes a sender puts beside the body, as the JSON protocol carries them. */
export const messageAttributes = z.record(
  z.string(),
  z.object({
    DataType: z.string(),
    StringValue: z.string().exactOptional(),
    /** Base64. */
    BinaryValue: z.string().exactOptional(),
  }),
);

export type MessageAttributes = z.infer<typeof messageAttributes>;

export const readMessageAttributes = (json: string): MessageAttributes =>
  messageAttributes.parse(JSON.parse(json));

/**
 * The MD5 by which a client can check its attributes: of every name, type and value in order of name,
 * each with its length before it. Undefined without attributes.
 */
export function attributesDigest(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue = '' } = attributes[name] ?? {};
    hash.update(withLength(Buffer.from(name))).update(withLength(Buffer.from(DataType)));
    hash.update(Uint8Array.of(StringValue === undefined ? 2 : 1));
    hash.update(
      withLength(
        StringValue === undefined ? Buffer.from(BinaryValue, 'base64') : Buffer.from(StringValue),
      ),
    );
  }
  return hash.digest('hex');
}

/** Those the receiver asked for: by name, by `prefix.*`, or all. */
export function chosenAttributes(
  attributes: MessageAttributes,
  wanted: readonly string[],
): MessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) =>
      wanted.some(
        (pattern) =>
          pattern === 'All' ||
          pattern === name ||
          (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
      ),
    ),
  );
}

/** How many bytes attributes count towards the size of a message. */
export function attributesSize(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (StringValue === undefined
        ? Buffer.byteLength(BinaryValue ?? '', 'base64')
        : Buffer.byteLength(StringValue)),
    0,
  );
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
