import type { WorkspaceOptions } from 'sanity';

/** What the Studio must know of the stage it writes for. */
export interface Stage {
  readonly projectId: string;
  readonly dataset: string;
  /** Where readers find the site, and the Studio its receipts; no slash at the end. */
  readonly siteUrl: string;
  /** The address that pages print of themselves, as the functions of this stage know it; no slash at the end. */
  readonly baseUrl: string;
  /** The authority of the feeds' `tag:` URIs, such as `example.org,2026`. */
  readonly tagAuthority: string;
  /** What only some stages set: the host of the content lake, and how to log in. */
  readonly workspace: Pick<WorkspaceOptions, 'apiHost' | 'auth' | 'unstable_clientFactory'>;
}
