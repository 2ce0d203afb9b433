/**
 * CSP hashes of every stylesheet that a published page may still carry, oldest first.
 * Append-only: pages keep the sheet they were rendered with until they are rendered again, and a
 * hash removed here would leave them unstyled. The last one is today's `render/stylesheet.ts`.
 */
export const stylesheetHashes = [
  'sha256-cZq6fFZgyBRAxwpK141RIiW1Yd8fmbVCLqZhqEi/Xr0=',
  'sha256-VLsAdm+HBTIXtZ8CvnJwAcs7m77VMWfTL0FVtvw+S2c=',
] as const;
