import { defineCliConfig } from 'sanity/cli';
import { refuseStrayVariables } from './stage/stray-variables.ts';

const isLocal = process.env['PRESSRUN_STUDIO'] === 'local';

export default defineCliConfig({
  api: {
    projectId: process.env['SANITY_STUDIO_PROJECT_ID'] ?? 'localdev',
    dataset: process.env['SANITY_STUDIO_DATASET'] ?? 'production',
  },
  deployment: { autoUpdates: false },
  vite: (config) => {
    // The offline twin's is never deployed, and must start whatever the shell has.
    if (!isLocal) refuseStrayVariables(Object.keys(config.define ?? {}));
    return {
      ...config,
      resolve: {
        ...config.resolve,
        // Which file `#stage` is. Only the build for the offline twin contains the local login.
        conditions: [
          ...(isLocal ? ['pressrun-local'] : []),
          ...(config.resolve?.conditions ?? ['module', 'browser', 'development|production']),
        ],
      },
    };
  },
});
