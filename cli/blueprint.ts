import type { Hook } from '../src/webhook/hook.ts';

/**
 * The text of a Sanity Blueprint that describes our webhook, to be deployed with `sanity blueprints
 * deploy`. The secret comes from the environment of whoever deploys it, so the file holds none.
 */
export function blueprintOf(hook: Hook): string {
  const { rule, name, url, dataset } = hook;
  const fields = {
    name: 'publish-briefings',
    displayName: name,
    url,
    dataset,
    on: rule.on,
    filter: rule.filter,
    projection: rule.projection,
    apiVersion: hook.apiVersion,
    httpMethod: hook.httpMethod,
    includeDrafts: hook.includeDrafts,
    includeAllVersions: hook.includeAllVersions,
    status: 'enabled',
  };
  const lines = Object.entries(fields).map(
    ([field, value]) => `      ${field}: ${JSON.stringify(value)},`,
  );
  return `// Written by "pressrun webhook blueprint". Make it again rather than change it.
// Deploy it with WEBHOOK_SECRET set; and not beside "pressrun webhook apply", which makes a webhook too.
import { defineBlueprint, defineDocumentWebhook } from '@sanity/blueprints';

const secret = process.env.WEBHOOK_SECRET;
if (!secret) throw new Error('WEBHOOK_SECRET is not set: a webhook without one is refused.');

export default defineBlueprint({
  resources: [
    defineDocumentWebhook({
${lines.join('\n')}
      secret,
    }),
  ],
});
`;
}
