import { defineCliConfig } from 'sanity/cli';

const isLocal = process.env['PRESSRUN_STUDIO'] === 'local';

export default defineCliConfig({
  api: {
    projectId: process.env['SANITY_STUDIO_PROJECT_ID'] ?? 'localdev',
    dataset: process.env['SANITY_STUDIO_DATASET'] ?? 'production',
  },
  deployment: { autoUpdates: false },
  vite: (config) => ({
    ...config,
    resolve: {
      ...config.resolve,
      // Which file `#stage` is. Only the build for the offline twin contains the local login.
      conditions: [
        ...(isLocal ? ['pressrun-local'] : []),
        ...(config.resolve?.conditions ?? ['module', 'browser', 'development|production']),
      ],
    },
  }),
});
