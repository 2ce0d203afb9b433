import type { Finding } from './finding.ts';
import type { Observations } from './observe.ts';
import { reasonOf, statusOf } from './replies.ts';

/** A delivery may be five minutes ahead of the receiver's clock and no more; a minute is worth a word. */
const mostSkew = 60_000;

/** Whether this machine's clock is that of others. */
export function clock({ clocks, signed }: Observations): readonly Finding[] {
  const skewed = clocks.find(({ ahead }) => Math.abs(ahead) > mostSkew);
  const isRefused = ['too-old', 'from-the-future'].includes(reasonOf(signed));
  if (skewed === undefined && !isRefused) return [];
  const seconds = Math.round(Math.abs(skewed?.ahead ?? 0) / 1000);
  const by =
    skewed === undefined
      ? 'The receiver finds our time impossible'
      : `This machine's clock is ${seconds} s ${skewed.ahead > 0 ? 'behind' : 'ahead of'} ${skewed.whose === 'Sanity' ? "Sanity's" : "the receiver's"}`;
  return [
    {
      code: 'clock-skew',
      what: `${by}. What is signed here may be refused, and schedules and embargoes that are read here are wrong by as much.`,
      fix: 'Set the clock of this machine (timedatectl set-ntp true), and look again.',
    },
  ];
}

/** Whether what answers is receive-webhook, of this stage, and asks for a signature. */
export function receiver({ unsigned, signed, values }: Observations): readonly Finding[] {
  if (unsigned === null) return [];
  const at = values.webhookUrl ?? '';
  if (unsigned.kind === 'silent') {
    return [
      {
        code: 'receiver-silent',
        what: `Nobody answers at ${at} (${unsigned.why}).`,
        fix: 'Compare --webhook-url with the address that the stack printed when it was deployed.',
      },
    ];
  }
  const { status } = unsigned;
  const answered = `A request without a signature to ${at} is answered ${status}`;
  switch (status) {
    case 401:
      break;
    case 403:
      return [
        {
          code: 'receiver-closed',
          what: `${answered}, before it reaches the function: Sanity would be turned away as well.`,
          fix: 'The function URL must have AuthType NONE, and everybody the right lambda:InvokeFunctionUrl: the signature is the gate. Deploy again.',
        },
      ];
    case 429:
      return [
        {
          code: 'receiver-busy',
          what: `${answered}: all of the function's reserved concurrency is in use.`,
          fix: 'Look again in a minute. If it stays so, somebody floods it, or the reserved concurrency is 0.',
        },
      ];
    default:
      return [
        status < 400
          ? {
              code: 'receiver-open',
              what: `${answered}, where 401 was expected: something there takes rings from everybody, or is not receive-webhook at all.`,
              fix: 'Compare --webhook-url with the address that the stack printed; if it is right, deploy again.',
            }
          : {
              code: 'receiver-failing',
              what: `${answered}, where 401 was expected.`,
              fix: 'Look at the log of receive-webhook: a variable may be missing, or its role may not read WEBHOOK_SECRETS. A 404 is another address.',
            },
      ];
  }
  if (statusOf(signed) === 403) {
    const [name, ours] =
      reasonOf(signed) === 'wrong-project'
        ? ['project', values.projectId]
        : ['dataset', values.dataset];
    return [
      {
        code: 'receiver-foreign',
        what: `The receiver serves another ${name} than ${ours}: every delivery of this one is refused with 403, and raises an alarm there.`,
        fix: `Give it SANITY_${name.toUpperCase()}${name === 'project' ? '_ID' : ''}=${ours} and deploy again, or correct what this command was given.`,
      },
    ];
  }
  const expected = [202, 401];
  const reached = statusOf(signed);
  if (reached === null || expected.includes(reached)) return [];
  return [
    {
      code: 'receiver-failing',
      what: `A signed request that asks for nothing is answered ${reached}, where 202 was expected.`,
      fix: 'Look at the log of receive-webhook.',
    },
  ];
}

/** Whether the receiver knows the secret that was given. */
export function secret({ signed, values }: Observations): readonly Finding[] {
  if (statusOf(signed) !== 401 || reasonOf(signed) !== 'signature-wrong') return [];
  return [
    {
      code: 'receiver-secret',
      what: `The receiver at ${values.webhookUrl} does not know the secret that was given here.`,
      fix: 'Compare WEBHOOK_SECRET or --webhook-secret with the parameter that the function’s WEBHOOK_SECRETS names: a new value is seen within five minutes.',
    },
  ];
}
