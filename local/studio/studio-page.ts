/** What the Studio's page must know of this stack; `sanity/stage/local.ts` reads it. */
export interface StudioStage {
  readonly projectId: string;
  readonly dataset: string;
  readonly lakeUrl: string;
  /** Where readers find the site. */
  readonly siteUrl: string;
  /** The address that pages print of themselves. */
  readonly baseUrl: string;
  readonly tagAuthority: string;
}

/**
 * The built page with the stage as its first script, so that it is known before any other runs.
 * Throws when the page has no head, for then it is not the Studio's.
 */
export function withStage(html: string, stage: StudioStage): string {
  const head = /<head(?:\s[^>]*)?>/i.exec(html);
  if (head === null) throw new Error('Expected the Studio’s page, got HTML without a <head>');
  const end = head.index + head[0].length;
  return `${html.slice(0, end)}<script>globalThis.pressrunStage=${asScript(stage)};</script>${html.slice(end)}`;
}

/** JSON that cannot end its script element, whatever it holds. */
function asScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
