import type { InitialValueResolverContext, Template } from 'sanity';
import { beginning, beginningQuery } from './beginning.ts';

/**
 * What new documents begin with. There is one document of settings, and redirects are written by
 * “Unpublish”: neither can be begun.
 */
export function templates(standard: Template[]): Template[] {
  return [
    {
      id: 'briefing',
      title: 'Briefing',
      schemaType: 'briefing',
      value: (_parameters: unknown, context: InitialValueResolverContext) => newBriefing(context),
    },
    {
      id: 'briefing-about-person',
      title: 'Briefing about this person',
      schemaType: 'briefing',
      parameters: [{ name: 'personId', title: 'Person', type: 'string' }],
      value: ({ personId }: { readonly personId?: string }, context: InitialValueResolverContext) =>
        newBriefing(context, personId),
    },
    ...standard.filter(({ id }) => !['briefing', 'siteSettings', 'redirect'].includes(id)),
  ];
}

async function newBriefing({ getClient }: InitialValueResolverContext, personId?: string) {
  const settings: unknown = await getClient({ apiVersion: '2025-02-19' }).fetch(beginningQuery);
  return beginning({ settings, now: new Date().toISOString(), personId });
}
