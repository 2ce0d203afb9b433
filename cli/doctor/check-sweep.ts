import * as z from 'zod';
import type { Finding } from './finding.ts';
import type { Observations } from './observe.ts';
import { bodyOf } from './replies.ts';

/** Whether somebody compares the site with the content lake: each comparison writes the site's status. */
export function sweep({ status }: Observations): readonly Finding[] {
  const told = z.object({ at: z.iso.datetime() }).safeParse(bodyOf(status));
  // By the clock of who answers: this machine's may be wrong.
  const now = Date.parse((status?.kind === 'answered' && status.headers['date']) || '');
  if (!told.success || Number.isNaN(now)) return [];
  const minutes = Math.round((now - Date.parse(told.data.at)) / 60_000);
  if (minutes <= longest) return [];
  return [
    {
      code: 'sweep-silent',
      what: `The site has last been compared with the content lake ${minutes} minutes ago; it should be every quarter of an hour.`,
      fix: 'Look at the log and the alarms of the sweep function, and whether its schedules are enabled.',
    },
  ];
}

/** Minutes: four comparisons in a row did not come. */
const longest = 60;
