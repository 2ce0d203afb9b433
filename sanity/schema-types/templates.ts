import type { InitialValueResolverContext, Template } from 'sanity';
import type { BriefingDocument } from '../../src/briefing/document.ts';
import { civilDateAt, isTimeZone } from '../../src/briefing/time-zone.ts';

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
      value: async (
        { personId }: { readonly personId?: string },
        context: InitialValueResolverContext,
      ) => ({
        ...(await newBriefing(context)),
        ...(personId === undefined ? {} : { person: { _type: 'reference', _ref: personId } }),
      }),
    },
    ...standard.filter(({ id }) => !['briefing', 'siteSettings', 'redirect'].includes(id)),
  ];
}

type Beginning = Pick<BriefingDocument, 'date' | 'language' | 'byline'>;

/** Today where the publication is, its language, and its own team in the byline. */
async function newBriefing({ getClient }: InitialValueResolverContext): Promise<Beginning> {
  const settings: unknown = await getClient({ apiVersion: '2025-02-19' }).fetch(
    '*[_id == "siteSettings"][0]{timeZone, language, "team": defaultTeam._ref}',
  );
  const timeZone = textOf(settings, 'timeZone');
  const team = textOf(settings, 'team');
  return {
    date: civilDateAt(
      new Date().toISOString(),
      timeZone !== null && isTimeZone(timeZone) ? timeZone : 'UTC',
    ),
    language: textOf(settings, 'language') ?? 'en',
    ...(team === null
      ? {}
      : {
          byline: [
            {
              _key: 'team',
              _type: 'bylineEntry',
              contributor: { _type: 'reference', _ref: team },
            },
          ],
        }),
  };
}

function textOf(value: unknown, field: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Reflect.get(value, field);
  return typeof found === 'string' ? found : null;
}
