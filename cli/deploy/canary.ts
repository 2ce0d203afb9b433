import type { Clock } from '../../src/publishing/ports.ts';
import { stylesheetHashes } from '../../src/site/stylesheet-hashes.ts';
import { CannotRun } from '../cannot-run.ts';
import { receiver, secret } from '../doctor/check-receiver.ts';
import { site } from '../doctor/check-site.ts';
import type { Finding } from '../doctor/finding.ts';
import { observe, type Observations } from '../doctor/observe.ts';
import type { ConnectedStage } from '../stage-values.ts';
import type { Swept } from './sweep-once.ts';

/** What a first answer may still be while an address becomes known at the edges and in DNS. */
const patience = { seconds: 120, between: 5 } as const;

/**
 * Looks at what was deployed as the world does: the receiver refuses the unsigned and takes our signature,
 * the site answers with its headers, the sweep runs. Throws CannotRun, with what was seen and what to do.
 */
export async function canary(
  stage: ConnectedStage,
  {
    fetch,
    clock,
    sweep,
    isBeforeRaising,
  }: {
    readonly fetch: typeof globalThis.fetch;
    readonly clock: Clock;
    readonly sweep: () => Promise<Swept>;
    /** Whether the bucket still is of the deployment before: then a sweep must leave it alone. */
    readonly isBeforeRaising: boolean;
  },
): Promise<readonly string[]> {
  const until = Date.parse(clock.now()) + patience.seconds * 1000;
  for (;;) {
    const seen = await observe(withoutSanity(stage), {
      fetch,
      now: () => Date.parse(clock.now()),
    });
    const findings = [
      ...[...receiver(seen), ...secret(seen), ...site(seen)].filter(isOfTheDeployment),
      ...unstyled(seen),
    ];
    if (findings.length === 0) return [...seenLines(seen), await sweepLine(sweep, isBeforeRaising)];
    if (Date.parse(clock.now()) >= until) throw new CannotRun(findings.flatMap(linesOf).join('\n'));
    await clock.sleep(patience.between * 1000);
  }
}

/** The new policy may reach the edges after the stack is done, and pages must not come before it. */
function unstyled({ home }: Observations): readonly Finding[] {
  const today = stylesheetHashes.at(-1) ?? '';
  const policy = home?.kind === 'answered' ? home.headers['content-security-policy'] : undefined;
  if (policy === undefined || policy.includes(`'${today}'`)) return [];
  return [
    {
      code: 'site-unstyled',
      what: 'The policy of the site does not allow the stylesheet of this code yet: pages would stand unstyled.',
      fix: 'Deploy again; if it stays, compare the response headers policy of the distribution with the template.',
    },
  ];
}

/** Sanity was looked at before anything was deployed. */
function withoutSanity({ values, secrets }: ConnectedStage): ConnectedStage {
  return {
    values: { ...values, visibility: null },
    secrets: { ...secrets, readToken: null, manageToken: null },
  };
}

/** What a site shows that has nothing yet, or still has the pages of the deployment before. */
const beforePublishing = ['site-empty', 'site-address'];

function isOfTheDeployment({ code }: Finding): boolean {
  return !beforePublishing.includes(code);
}

function linesOf({ code, what, fix }: Finding): readonly string[] {
  return [`  ${code}: ${what}`, `    fix: ${fix}`];
}

function seenLines({ home, unsigned, signed }: Observations): readonly string[] {
  const status = (reply: Observations['home']): string =>
    reply?.kind === 'answered' ? String(reply.status) : 'not asked';
  return [
    `    receive-webhook: ${status(unsigned)} without a signature, ${status(signed)} with ours`,
    `    site: ${status(home)}, with its headers`,
  ];
}

async function sweepLine(sweep: () => Promise<Swept>, isBeforeRaising: boolean): Promise<string> {
  const { failed, outcome } = await sweep();
  if (failed !== null) {
    throw new CannotRun(
      `  sweep: it failed with ${failed}.\n` +
        '    fix: the line "function-failed" in its log says where; docs/runbook.md#sweep-silent',
    );
  }
  if (outcome === null) return '    sweep: ran; AWS showed none of its log';
  // It would publish beside the deployment before: the number did not reach it, or is not higher.
  if (isBeforeRaising && outcome !== 'other-epoch' && outcome !== 'held') {
    throw new CannotRun(
      `  sweep: its log says "${outcome}", where "other-epoch" was expected: it does not have the new number.\n` +
        '    fix: look at the variable EPOCH of the function, and deploy again',
    );
  }
  return `    sweep: ran, ${outcome}`;
}
