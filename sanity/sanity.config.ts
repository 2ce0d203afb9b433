import { defineConfig } from 'sanity';
import { structureTool } from 'sanity/structure';
import { stage } from '#stage';
import { documentActions } from './actions/index.ts';
import { documentBadges } from './receipt/index.ts';
import { newDocumentOptions, schemaTypes, templates } from './schema-types/index.ts';
import { structure } from './structure/index.ts';
import { defaultDocumentNode } from './views/index.tsx';

/** The Studio: one workspace, for one stage. */
export default defineConfig({
  name: 'default',
  title: 'Pressrun',
  projectId: stage.projectId,
  dataset: stage.dataset,
  ...stage.workspace,
  plugins: [structureTool({ title: 'Desk', structure, defaultDocumentNode })],
  schema: { types: schemaTypes, templates },
  document: {
    actions: documentActions,
    badges: documentBadges,
    newDocumentOptions,
    comments: { enabled: false },
  },
  // Parts of Sanity's paid plans; what Pressrun needs of them it has itself.
  releases: { enabled: false },
  scheduledPublishing: { enabled: false },
  scheduledDrafts: { enabled: false },
  tasks: { enabled: false },
  announcements: { enabled: false },
});
