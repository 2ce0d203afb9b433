import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

const usage = `Random edits by two clients while the content lake is killed and started again.

  --minutes N   how long (30)
  --seed N      what chance decides (1)
  --help

Ends with a line that sums up; exit 1 when an edit was lost, a history does not add up, a listener
did not recover or a webhook was missed for no reason.`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const faults = await soak({
    minutes: Number(values.minutes),
    seed: Number(values.seed),
    tell: (line) => console.log(line),
  });
  process.exitCode = faults.length === 0 ? 0 : 1;
}
