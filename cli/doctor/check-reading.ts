import * as z from 'zod';
import { parseDocument } from '../../src/briefing/parse.ts';
import { managePage, type Reply } from '../sanity-api.ts';
import { lakeSilent } from './check-project.ts';
import type { Finding } from './finding.ts';
import type { Observations } from './observe.ts';
import { bodyOf, statusOf } from './replies.ts';

/** Whether the publisher's token reads, and does no more than that. */
export function readToken({ settings, dryRun, given, values }: Observations): readonly Finding[] {
  if (!given.readToken) {
    if (values.visibility === 'public') return [];
    return [
      {
        code: 'read-token-missing',
        what: `The publisher has no token, and ${values.visibility === null ? 'nobody has said that the dataset is public' : 'the dataset is private'}.`,
        fix: 'Make one (npx sanity tokens add "Pressrun publisher" --role viewer) and say where it is with --read-token; for a public dataset set SANITY_VISIBILITY=public.',
      },
    ];
  }
  if (statusOf(settings) === 401) {
    return [
      {
        code: 'read-token-unknown',
        what: "Sanity does not know the publisher's token: it is mistyped, has expired, or was deleted. Nothing is published until there is another.",
        fix: 'npx sanity tokens add "Pressrun publisher" --role viewer, and put it where the functions look.',
      },
    ];
  }
  if (statusOf(settings) === 403 || omission(settings) === 'permission') {
    return [
      {
        code: 'read-token-weak',
        what: `The publisher's token may not read dataset ${values.dataset}.`,
        fix: 'Give its role the right to read every published document of the dataset, or make a token with the role viewer.',
      },
    ];
  }
  if (statusOf(dryRun) !== 200) return [];
  return [
    {
      code: 'read-token-writes',
      what: "The publisher's token may write. It only ever reads, so whoever gets hold of it could change every document for nothing.",
      fix: `Make one with the role viewer (npx sanity tokens add "Pressrun publisher" --role viewer), put it where the functions look, and delete this one at ${managePage(values, 'tokens')}.`,
    },
  ];
}

/** Whether there are settings, and ones that the publisher takes. */
export function settings({ settings, project, values }: Observations): readonly Finding[] {
  // Told once: with the administrator's token it has been told already.
  if (settings?.kind === 'silent' && project === null) return [lakeSilent(settings.why)];
  if (omission(settings) === 'existence') {
    return [
      {
        code: 'settings-missing',
        what: `Dataset ${values.dataset} has no published settings of the publication. Without them nothing is published.`,
        fix: 'Open the Studio, fill in Settings, and press Publish.',
      },
    ];
  }
  const answer = documentAnswer.safeParse(bodyOf(settings));
  const [document] = answer.success ? answer.data.documents : [];
  if (document === undefined) return [];
  const parsed = parseDocument(document);
  if (parsed.ok) return [];
  const errors = parsed.problems.filter(({ severity }) => severity === 'error');
  return [
    {
      code: 'settings-invalid',
      what: `The settings of the publication are not valid: ${errors.map(({ path, message }) => `${path}: ${message}`).join(' ')}`,
      fix: errors.map(({ fix }) => fix).join(' '),
    },
  ];
}

const documentAnswer = z.object({
  documents: z.array(z.unknown()),
  omitted: z.array(z.object({ reason: z.string() })).default([]),
});

function omission(reply: Reply | null): string | null {
  const answer = documentAnswer.safeParse(bodyOf(reply));
  return answer.success ? (answer.data.omitted[0]?.reason ?? null) : null;
}
