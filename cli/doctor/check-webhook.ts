import * as z from 'zod';
import type { HookDifference, HookField } from '../hook-plan.ts';
import { managePage } from '../sanity-api.ts';
import type { Finding } from './finding.ts';
import type { Observations } from './observe.ts';
import { bodyOf } from './replies.ts';

const words: Readonly<Record<HookField, { readonly code: string; readonly because: string }>> = {
  name: { code: 'hook-name', because: 'the commands know it by its name' },
  description: { code: 'hook-description', because: 'it says who keeps the webhook' },
  url: { code: 'hook-url', because: 'it rings at another door' },
  dataset: { code: 'hook-dataset', because: 'it rings for other documents than these' },
  httpMethod: { code: 'hook-method', because: 'the receiver expects POST' },
  apiVersion: { code: 'hook-version', because: 'filter and projection may mean something else' },
  includeDrafts: { code: 'hook-drafts', because: 'it rings at every keystroke' },
  includeAllVersions: { code: 'hook-drafts', because: 'it rings for every release in preparation' },
  headers: { code: 'hook-headers', because: 'the receiver needs none, and one may hide a secret' },
  on: { code: 'hook-trigger', because: 'some changes are told a quarter hour late' },
  filter: { code: 'hook-filter', because: 'it rings for other documents than the publisher shows' },
  projection: { code: 'hook-projection', because: 'the receiver cannot read what it says' },
  secret: { code: 'hook-secret', because: 'the receiver takes what it says for forged' },
  enabled: { code: 'hook-disabled', because: 'somebody has switched it off, and nothing rings' },
  blocked: {
    code: 'hook-disabled',
    because: 'Sanity itself has switched it off, and nothing rings',
  },
};

/** Whether the webhook is there, as it should be, and alone. */
export function webhook({ hookPlan, values }: Observations): readonly Finding[] {
  if (hookPlan === null) return [];
  const { ours, differences, twins } = hookPlan;
  const page = managePage(values, 'webhooks');
  return [
    ...(ours === null
      ? [
          {
            code: 'hook-missing',
            what: `Project ${values.projectId} has no webhook for dataset ${values.dataset}: changes are seen a quarter hour late, by reconciling.`,
            fix: 'pressrun webhook apply',
          },
        ]
      : differences.map((difference) => hookFinding(difference, page))),
    ...twins.map(({ id, name, url, dataset }) => ({
      code: 'hook-twin',
      what: `A second webhook has the name or the address of ours: "${name}" (${id}) of dataset ${dataset} rings at ${url}.`,
      fix: `Delete it at ${page} unless somebody needs it.`,
    })),
  ];
}

function hookFinding({ field, is, wanted }: HookDifference, page: string): Finding {
  const { code, because } = words[field];
  return {
    code,
    what: `The webhook's ${field} is ${is}, not ${wanted}: ${because}.`,
    fix:
      field === 'blocked'
        ? `Switch it on at ${page}, or delete it there and run "pressrun webhook apply".`
        : 'pressrun webhook apply',
  };
}

const attemptList = z.array(
  z.object({
    createdAt: z.string(),
    resultCode: z.number().nullish(),
    isFailure: z.boolean().nullish(),
    failureReason: z.string().nullish(),
  }),
);

/** What Sanity's own log says; only the newest attempt, since what is older may have been mended. */
export function deliveries({ attempts }: Observations): readonly Finding[] {
  const list = attemptList.safeParse(bodyOf(attempts));
  if (!list.success) return [];
  const [last] = list.data.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  if (last?.isFailure !== true) return [];
  const { resultCode: status, createdAt, failureReason } = last;
  const came =
    status == null ? `had no answer (${failureReason ?? 'no reason'})` : `was answered ${status}`;
  return [
    {
      code: 'delivery-failed',
      what: `The last delivery, of ${createdAt}, ${came}. Nothing is lost, and everything is late: reconciling finds it within a quarter hour.`,
      fix: `${deliveryAdvice(status ?? null)} If it was mended since, publish something and look again.`,
    },
  ];
}

function deliveryAdvice(status: number | null): string {
  switch (status) {
    case 401:
      return 'The webhook has another secret than the receiver: pressrun webhook apply, with the secret of the functions.';
    case 403:
      return 'The webhook names another project or dataset than the receiver: pressrun webhook apply.';
    default:
      return 'See the log of receive-webhook.';
  }
}
