import * as z from 'zod';
import { managePage } from '../sanity-api.ts';
import type { Finding } from './finding.ts';
import type { Observations } from './observe.ts';
import { bodyOf, statusOf } from './replies.ts';

/** Whether the project is there, and the administrator's token is one of it. */
export function project({ project, hooks, values }: Observations): readonly Finding[] {
  if (project === null) return [];
  const { projectId } = values;
  if (project.kind === 'silent') return [lakeSilent(project.why)];
  switch (project.status) {
    case 200:
      break;
    case 401:
      return [
        {
          code: 'manage-token-unknown',
          what: "Sanity does not know the administrator's token: it is mistyped, has expired, or was deleted.",
          fix: `Make one with the role Administrator or Developer at ${managePage(values, 'tokens')}, and put it into SANITY_MANAGE_TOKEN.`,
        },
      ];
    default:
      return [
        {
          code: 'project-unknown',
          what: `Sanity answers ${project.status} for project ${projectId}: there is none of this id, or the administrator's token is of another project.`,
          fix: 'Compare --project or SANITY_PROJECT_ID with the id at https://www.sanity.io/manage, and the token with the project that it was made in.',
        },
      ];
  }
  if (statusOf(hooks) !== 401 && statusOf(hooks) !== 403) return [];
  return [
    {
      code: 'manage-token-weak',
      what: `The administrator's token may not see the project's webhooks (${statusOf(hooks)}).`,
      fix: `Make one with the role Administrator or Developer at ${managePage(values, 'tokens')}. The publisher's token is not meant here.`,
    },
  ];
}

const datasetList = z.array(z.object({ name: z.string(), aclMode: z.string().optional() }));

/** Whether the dataset is there, and read by whom it should be. */
export function dataset({ datasets, values }: Observations): readonly Finding[] {
  const list = datasetList.safeParse(bodyOf(datasets));
  if (!list.success) return [];
  const { dataset, visibility } = values;
  const found = list.data.find(({ name }) => name === dataset);
  if (found === undefined) {
    const names = list.data.map(({ name }) => name).join(', ') || 'none at all';
    return [
      {
        code: 'dataset-missing',
        what: `The project has no dataset "${dataset}"; it has ${names}.`,
        fix: `Correct --dataset or SANITY_DATASET, or make it: npx sanity datasets create ${dataset} --visibility ${visibility ?? 'private'}`,
      },
    ];
  }
  if (visibility === null || found.aclMode === undefined || found.aclMode === visibility) return [];
  return [
    visibility === 'private'
      ? {
          code: 'dataset-public',
          what: `Dataset ${dataset} is public, and meant to be private: whoever knows the project's id reads embargoed and quarantined briefings.`,
          fix: `npx sanity datasets visibility set ${dataset} private`,
        }
      : {
          code: 'dataset-private',
          what: `Dataset ${dataset} is private, and meant to be public: without a token nothing can be read.`,
          fix: `Give the functions a token and set SANITY_VISIBILITY=private, or: npx sanity datasets visibility set ${dataset} public`,
        },
  ];
}

const corsList = z.array(z.object({ origin: z.string(), allowCredentials: z.boolean() }));

/** Whether the Studio's pages may speak to the project, and no others as whoever is logged in. */
export function cors({ cors, values }: Observations): readonly Finding[] {
  const { studioUrl } = values;
  const list = corsList.safeParse(bodyOf(cors));
  if (!list.success || studioUrl === null) return [];
  const { origin } = new URL(studioUrl);
  const everyone = list.data.some((each) => each.origin === '*' && each.allowCredentials);
  const allowing = list.data.filter((each) => each.origin !== '*' && covers(each.origin, origin));
  const add = `npx sanity cors add ${origin} --credentials`;
  return [
    ...(everyone
      ? [
          {
            code: 'cors-everyone',
            what: 'The project lets every site on the web speak to it as whoever is logged in (origin * with credentials).',
            fix: `Take * off the list at ${managePage(values, 'cors')}; the Studio needs no more than ${origin}.`,
          },
        ]
      : []),
    ...(allowing.length === 0
      ? [
          {
            code: 'cors-missing',
            what: `The project does not know the Studio's origin ${origin}: a browser there is not answered.`,
            fix: add,
          },
        ]
      : []),
    ...(allowing.length > 0 && !allowing.some(({ allowCredentials }) => allowCredentials)
      ? [
          {
            code: 'cors-without-credentials',
            what: `The Studio's origin ${origin} is known, but without credentials: nobody can log in there.`,
            fix: `npx sanity cors delete ${origin}, then ${add}`,
          },
        ]
      : []),
  ];
}

/** @example covers('https://*.example.org', 'https://studio.example.org') */
function covers(pattern: string, origin: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern.replace(/\/$/, '') === origin;
  return (
    origin.length > before.length + after.length &&
    origin.startsWith(before) &&
    origin.endsWith(after)
  );
}

/** Said once, by whoever is the first to ask. */
export function lakeSilent(why: string): Finding {
  return {
    code: 'sanity-silent',
    what: `Sanity does not answer (${why}).`,
    fix: 'See whether this machine is online, and https://www.sanity-status.com; on the local stack, whether it runs.',
  };
}
