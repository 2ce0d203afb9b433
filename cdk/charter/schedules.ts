import type { Started } from './asynchronous.ts';

/** A function that is started by the clock. */
export interface Schedule {
  readonly id: string;
  readonly starts: Started;
  /** As EventBridge reads it; nights are in UTC. */
  readonly expression: string;
  readonly event: Readonly<Record<string, string>>;
}

export const schedules: readonly Schedule[] = [
  { id: 'Minute', starts: 'sweep', expression: 'rate(1 minute)', event: { sweep: 'due' } },
  {
    id: 'QuarterHour',
    starts: 'sweep',
    expression: 'rate(15 minutes)',
    event: { sweep: 'reconcile' },
  },
  { id: 'NightSweep', starts: 'sweep', expression: 'cron(17 2 * * ? *)', event: { sweep: 'deep' } },
  // After the deep sweep, which names the orphans that this one deletes.
  { id: 'NightCollection', starts: 'collect', expression: 'cron(17 4 * * ? *)', event: {} },
];
