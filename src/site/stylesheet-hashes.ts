/**
 * CSP hashes of the stylesheets of all releases, oldest first; the last one is today's
 * `render/stylesheet.ts`. Append-only from the first release on: pages keep the sheet they were rendered with
 * until they are rendered again, and a hash removed here would leave them unstyled.
 */
export const stylesheetHashes: readonly string[] = [
  'sha256-VLsAdm+HBTIXtZ8CvnJwAcs7m77VMWfTL0FVtvw+S2c=',
];

/** So many fit, with the rest of the policy, into the 1,783 characters that CloudFront takes. */
export const mostStylesheets = 24;

/**
 * The hashes that a policy has for a bucket in which pages stand with these, of which this code may know
 * nothing: today's is the last.
 */
export function allowedStylesheets(standing: readonly string[]): readonly string[] {
  return [
    ...new Set([
      ...standing.filter((hash) => !stylesheetHashes.includes(hash)),
      ...stylesheetHashes,
    ]),
  ];
}
