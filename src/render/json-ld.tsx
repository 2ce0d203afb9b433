/** @jsxImportSource preact */
/**
 * The one raw door for data: JSON-LD in a page. Inside a script element no entity is decoded, so
 * what could end the element or begin a comment is written as a JSON escape, which parses back to
 * the same value.
 */
export function JsonLd({ value }: { readonly value: JsonLdValue }) {
  return (
    // oxlint-disable-next-line react/no-danger
    <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptSafe(value) }} />
  );
}

export type JsonLdValue =
  | string
  | number
  | boolean
  | readonly JsonLdValue[]
  | { readonly [member: string]: JsonLdValue | undefined };

/** JSON without `<`, `>`, `&` and the line separators that older scripts take for line ends. */
export function scriptSafe(value: JsonLdValue): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
