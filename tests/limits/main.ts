import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type LimitedPress, startLimitedPress } from './limited-press.ts';
import { stories, type Story } from './stories.ts';

const usage = `The local stack under the limits of the cloud: each call takes what it takes there, each function has its
own time, memory and share of a processor. Plays what goes wrong, and measures what everybody else waits.

  --briefings N   how many there are before it begins (500)
  --only WORDS    only stories with these words in their names
  --help

Ends with a line that sums up; exit 1 when something took longer than promised.`;

const { values } = parseArgs({
  options: {
    briefings: { type: 'string', default: '500' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else process.exitCode = await main(Number(values.briefings), values.only);

async function main(briefings: number, only: string): Promise<number> {
  const chosen = stories.filter(({ name }) => name.includes(only));
  if (chosen.length === 0) {
    console.error(`No story's name contains “${only}”.`);
    return 2;
  }
  const press = await startLimitedPress({ briefings, tell: (line) => console.log(line) });
  let late = 0;
  try {
    for (const story of chosen) late += (await play(story, press)) ? 0 : 1;
    if (!(await endsWell(press))) late += 1;
  } finally {
    await press.close();
  }
  console.log(`\nstories ${chosen.length}, late or broken ${late}`);
  return late === 0 ? 0 : 1;
}

async function play({ name, play: begin }: Story, press: LimitedPress): Promise<boolean> {
  const [load = 0] = loadavg();
  console.log(`\n${name} (load ${load.toFixed(1)})`);
  try {
    const measured = await begin(press, 'whole');
    const isKept = measured.every((each) => each.seconds <= each.promised);
    if (!isKept) console.log(press.lastLines().slice(-60).join('\n'));
    return isKept;
  } catch (error) {
    console.log(`  BROKEN: ${String(error)}`);
    console.log(press.lastLines().slice(-60).join('\n'));
    return false;
  }
}

/** Nothing is left in the queue or among the dead letters, and the bucket is what a clean build is. */
async function endsWell(press: LimitedPress): Promise<boolean> {
  try {
    await press.stack.settled(300);
  } catch (error) {
    console.log(`\nIt does not settle: ${String(error)}`);
    return false;
  }
  const { same, said } = await press.verify();
  console.log(`\n${said}`);
  return same;
}
