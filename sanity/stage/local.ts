import { createClient } from '@sanity/client';
import type { Stage } from './stage.ts';

/** What the local Studio server writes into its page; ports are known only when it runs. */
export interface LocalStage extends Pick<
  Stage,
  'projectId' | 'dataset' | 'siteUrl' | 'baseUrl' | 'tagAuthority'
> {
  readonly lakeUrl: string;
}

declare global {
  // oxlint-disable-next-line no-var -- only `var` makes a global.
  var pressrunStage: LocalStage | undefined;
}

const given = globalThis.pressrunStage;
if (given === undefined) {
  throw new Error('This Studio is for the local stack; start it with `npm start`.');
}
const { lakeUrl, ...ofStage } = given;

/** The offline twin: the local content lake, and its login. Never part of a deployed build. */
export const stage: Stage = {
  ...ofStage,
  workspace: {
    apiHost: lakeUrl,
    auth: {
      loginMethod: 'token',
      redirectOnSingle: true,
      providers: [{ name: 'local', title: 'Local editor', url: `${lakeUrl}/local-login` }],
    },
    // Without the project's subdomain: not every browser takes `*.localhost` for this machine.
    unstable_clientFactory: (options) => createClient({ ...options, useProjectHostname: false }),
  },
};
