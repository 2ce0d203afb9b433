import type { Stage } from './stage.ts';

/**
 * A real Sanity project, named by variables when the Studio is built. Sanity's own login is used, and
 * nothing here knows a token or another host.
 */
export const stage: Stage = {
  projectId: set('SANITY_STUDIO_PROJECT_ID', process.env['SANITY_STUDIO_PROJECT_ID']),
  dataset: process.env['SANITY_STUDIO_DATASET'] ?? 'production',
  siteUrl: withoutSlash(
    process.env['SANITY_STUDIO_SITE_URL'] ??
      set('SANITY_STUDIO_BASE_URL', process.env['SANITY_STUDIO_BASE_URL']),
  ),
  baseUrl: withoutSlash(set('SANITY_STUDIO_BASE_URL', process.env['SANITY_STUDIO_BASE_URL'])),
  tagAuthority: set('SANITY_STUDIO_TAG_AUTHORITY', process.env['SANITY_STUDIO_TAG_AUTHORITY']),
  workspace: {},
};

/** Each is written out above: the build replaces only whole names. */
function set(name: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw new Error(`${name} is not set; docs/guides/connect-sanity.md says what it is.`);
}

function withoutSlash(url: string): string {
  return url.replace(/(?<!\/)\/+$/, '');
}
