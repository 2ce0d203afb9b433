import { documentTypes } from '../../src/briefing/model.ts';
import type { HookRequest } from '../lake/lake.ts';

/** The webhook as a project has it: every change of a document that is published, told in a few words. */
export function webhookOf({
  url,
  secret,
  dataset,
}: {
  url: string;
  secret: string;
  dataset: string;
}): HookRequest {
  return {
    id: 'publish-briefings',
    name: 'Publish briefings',
    url,
    dataset,
    secret,
    rule: {
      on: ['create', 'update', 'delete'],
      filter: `_type in [${documentTypes.map((type) => JSON.stringify(type)).join(', ')}]`,
      // The headers name project and dataset too, but only the body is signed.
      projection: `{_id, _type, _rev, _updatedAt, "operation": delta::operation(), "project": sanity::projectId(), "dataset": sanity::dataset()}`,
    },
  };
}
