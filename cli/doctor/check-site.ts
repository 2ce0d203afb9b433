import * as z from 'zod';
import { homePath, v1 } from '../../src/site/paths.ts';
import { headersFor } from '../../src/site/security-headers.ts';
import type { Reply } from '../sanity-api.ts';
import type { Finding } from './finding.ts';
import type { Observations } from './observe.ts';
import { bodyOf } from './replies.ts';

/** Whether the site answers, with the headers that readers are promised, under its own name. */
export function site({ home, index, stranger, values }: Observations): readonly Finding[] {
  const { siteUrl } = values;
  if (home === null || index === null || siteUrl === null) return [];
  if (home.kind === 'silent') {
    return [
      {
        code: 'site-silent',
        what: `Nobody answers at ${siteUrl} (${home.why}).`,
        fix: 'Compare --site-url or BASE_URL with the domain of the distribution, and look at its DNS record and certificate.',
      },
    ];
  }
  if (stranger !== null && home.status === 401) {
    return [
      {
        code: 'site-locked',
        what: `The password of the stage does not open ${siteUrl}: it was changed since the last deployment.`,
        fix: 'Deploy again: the edge is given a hash of it.',
      },
    ];
  }
  if (home.status !== 200 && home.status !== 404) {
    return [
      {
        code: 'site-status',
        what: `${siteUrl}${homePath} is answered ${home.status}.`,
        fix:
          home.status === 403
            ? 'The distribution may not read the bucket: it needs s3:GetObject through its origin access control, and s3:ListBucket, without which what is missing is a 403. Deploy again.'
            : 'Compare --site-url or BASE_URL with the domain of the distribution; a redirect leads to another.',
      },
    ];
  }
  return [
    ...openFinding(siteUrl, stranger),
    ...headersFinding(siteUrl, homePath, home),
    ...headersFinding(siteUrl, v1.index, index),
    ...(home.status === 404
      ? [
          {
            code: 'site-empty',
            what: `Nothing was ever published at ${siteUrl}.`,
            fix: 'Publish the settings in the Studio; then pressrun reconcile.',
          },
        ]
      : []),
    ...addressFinding(siteUrl, index),
  ];
}

function openFinding(siteUrl: string, stranger: Reply | null): readonly Finding[] {
  if (stranger?.kind !== 'answered' || stranger.status === 401) return [];
  return [
    {
      code: 'site-open',
      what: `${siteUrl} is to be closed to readers, and is answered ${stranger.status} without the password.`,
      fix: 'Deploy again; or, when everybody may read it, set isClosed to false in cdk/charter/stages.ts.',
    },
  ];
}

function headersFinding(siteUrl: string, path: typeof homePath, reply: Reply): readonly Finding[] {
  if (reply.kind === 'silent') return [];
  const wrong = Object.entries(headersFor(path))
    .filter(([name, value]) => lasting(reply.headers[name] ?? '') !== lasting(value))
    .map(([name]) => name);
  if (wrong.length === 0) return [];
  return [
    {
      code: 'site-headers',
      what: `${siteUrl}${path} comes with other headers than it should: ${wrong.join(', ')}.`,
      fix: 'The distribution is not the one of this stack, has another response headers policy, or something stands before it: compare its domain, and deploy again.',
    },
  ];
}

/** Without what a new stylesheet changes: the code that is deployed may be older or newer than this. */
function lasting(header: string): string {
  return header.replaceAll(/'sha256-[^']+' ?/g, '');
}

function addressFinding(siteUrl: string, index: Reply): readonly Finding[] {
  const told = z.object({ url: z.string() }).safeParse(bodyOf(index));
  if (!told.success || told.data.url.replace(/\/$/, '') === siteUrl) return [];
  return [
    {
      code: 'site-address',
      what: `The site at ${siteUrl} calls itself ${told.data.url}: its links, feeds and receipts lead there.`,
      fix: `Give the functions BASE_URL=${siteUrl}, deploy, and run pressrun rebuild; or correct --site-url.`,
    },
  ];
}
