import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { messageGroupOf } from '../../src/adapters/message-group.ts';
import type { Fault } from '../../local/s3/faults.ts';
import { inSilence, type LimitedPress, type Measured, measure } from './limited-press.ts';
import { plantedWords } from './planted-functions.ts';

/** Something that goes on, and what everybody else was promised meanwhile. */
export interface Story {
  readonly name: string;
  /** Whether it is over in seconds with a small archive, and so a part of `npm test`. */
  readonly isShort: boolean;
  readonly play: (press: LimitedPress, form: Form) => Promise<readonly Measured[]>;
}

/** The small form does not wait for what only a visibility timeout brings back. */
type Form = 'whole' | 'small';

export const stories: readonly Story[] = [
  { name: 'an edit while the whole site is redrawn', isShort: true, play: editDuringRedraw },
  { name: 'a deletion of which nobody was told', isShort: true, play: lostDeletion },
  { name: 'the deep check', isShort: true, play: deepCheck },
  {
    name: 'a publisher is killed before its commit, an edit elsewhere',
    isShort: true,
    play: (press, form) => killedBeforeCommit(press, 'another group', form),
  },
  {
    name: 'a publisher is killed before its commit, an edit in the same group',
    isShort: false,
    play: (press, form) => killedBeforeCommit(press, 'the same group', form),
  },
  { name: 'a publisher is killed in the middle of a release', isShort: true, play: halfWritten },
  { name: 'poison: an answer of blanks', isShort: true, play: blanks },
  {
    name: 'poison: a document that cannot be drawn',
    isShort: true,
    play: (press) => poison(press, plantedWords.throws, 'cannot-be-drawn'),
  },
  {
    name: 'poison: a document that never ends',
    isShort: false,
    play: (press) => poison(press, plantedWords.loops, 'takes-too-long'),
  },
];

/** Seconds. */
const promised = {
  editDuringWholeSiteWork: 30,
  /** Between two rounds of reconcile. */
  round: 900,
  night: 900,
  othersAfterKill: 45,
  release: 60,
  othersBesidePoison: 45,
  told: 180,
} as const;

async function editDuringRedraw(press: LimitedPress): Promise<readonly Measured[]> {
  const name = 'The Daily Bench, redrawn';
  await press.editor.patch('siteSettings').set({ name }).commit();
  const begun = await measure(press, 'the redraw is under way', 30, () =>
    isWalking(press, 'redraw'),
  );
  const edited = await editIsLive(press, 'briefing-2', promised.editDuringWholeSiteWork);
  const redrawn = await measure(press, 'and every page has the new name', promised.round, () =>
    isIdle(press),
  );
  const oldest = await press.read('/briefings/briefing-0/');
  if (!oldest.text.includes(name)) throw new Error('The oldest page does not have the new name');
  return [begun, edited, redrawn];
}

async function lostDeletion(press: LimitedPress): Promise<readonly Measured[]> {
  const { stack, editor } = press;
  await inSilence(stack, async () => {
    await editor.delete('briefing-5');
    return 1;
  });
  const [reconciled, ...measured] = await Promise.all([
    stack.invoke('sweep', { sweep: 'reconcile' }),
    editIsLive(press, 'briefing-6', promised.editDuringWholeSiteWork),
    measure(press, 'the page is gone', promised.round, async () => {
      const { status } = await press.read('/briefings/briefing-5/');
      return status === 410;
    }),
  ]);
  expectAnswered(reconciled);
  return [
    ...measured,
    await measure(press, 'and everything is compared', promised.round, () => isIdle(press)),
  ];
}

/** With an object taken out of the bucket behind everybody's back, for it to find. */
async function deepCheck(press: LimitedPress): Promise<readonly Measured[]> {
  const { s3, stack } = press;
  const at = { Bucket: stack.file.s3.bucket, Key: 'public/briefings/briefing-1/index.txt' };
  const { ETag } = await s3.send(new HeadObjectCommand(at));
  await s3.send(new DeleteObjectCommand({ ...at, IfMatch: ETag }));
  const swept = stack.invoke('sweep', { sweep: 'deep' });
  const begun = await measure(press, 'the check is under way', 30, () =>
    isWalking(press, 'deep-check'),
  );
  const measured = await Promise.all([
    editIsLive(press, 'briefing-7', promised.editDuringWholeSiteWork),
    measure(press, 'everything is checked', promised.night, () => isIdle(press)),
  ]);
  expectAnswered(await swept);
  await s3.send(new HeadObjectCommand(at));
  return [begun, ...measured];
}

/** The edit of another editor waits at most for what the queue keeps from everybody: a visibility timeout. */
async function killedBeforeCommit(
  press: LimitedPress,
  where: Where,
  form: Form,
): Promise<readonly Measured[]> {
  const killed = 'briefing-9';
  const other = neighbour(press, killed, where);
  const first = edit(press, killed);
  // What follows is the swap of the root.
  await killAt(press, { operations: ['PutObject'], keyPrefix: 'state/release/' }, first.commit);
  const edited = await editIsLive(press, other, promised.othersAfterKill);
  if (form === 'small') return [edited];
  return [edited, await measure(press, 'and then the edit itself', 90, first.isLive)];
}

async function halfWritten(press: LimitedPress, form: Form): Promise<readonly Measured[]> {
  const { isLive, commit } = edit(press, 'briefing-11');
  await killAt(press, { operations: ['PutObject'], keyPrefix: 'public/briefings/' }, commit);
  if (form === 'small') expectAnswered(await press.stack.invoke('sweep', { sweep: 'due' }));
  const finished = await measure(press, 'the release is finished', promised.release, async () => {
    const { release } = await press.root();
    return release === null && (await isLive());
  });
  return [finished];
}

async function blanks(press: LimitedPress): Promise<readonly Measured[]> {
  // As long as a text may be that is drawn: a longer one is refused before anything looks at it.
  const text = `It begins${' '.repeat(60_000)}and ends.`;
  const span = { _type: 'span', _key: 'a', text, marks: [] };
  const answer = [{ _type: 'block', _key: 'p', style: 'normal', markDefs: [], children: [span] }];
  const { _rev: rev } = await press.editor.patch('briefing-12').set({ whyWeCare: answer }).commit();
  const others = await othersAreLive(press, 'briefing-12');
  const told = await measure(press, 'its editor is told', promised.told, async () => {
    return (await press.receipt('briefing-12', rev))?.state === 'live';
  });
  return [...others, told];
}

async function poison(
  press: LimitedPress,
  headline: string,
  code: string,
): Promise<readonly Measured[]> {
  const id = 'briefing-14';
  const before = await press.read(`/v1/briefings/${id}.json`);
  const { _rev: rev } = await press.editor.patch(id).set({ headline }).commit();
  const others = await othersAreLive(press, id);
  const told = await measure(press, `its editor is told ${code}`, promised.told, async () => {
    const receipt = await press.receipt(id, rev);
    return (
      receipt?.state === 'quarantined' && receipt.problems.some((problem) => problem.code === code)
    );
  });
  const after = await press.read(`/v1/briefings/${id}.json`);
  if (after.text !== before.text) throw new Error('The last valid version is not shown any more');
  const within = promised.othersBesidePoison;
  return [...others, told, await editIsLive(press, id, within, 'the mended one is live')];
}

/** Edits of two others at once: one waits in the same group of the queue, one does not. */
async function othersAreLive(press: LimitedPress, id: string): Promise<readonly Measured[]> {
  const elsewhere = neighbour(press, id, 'another group');
  const behind = neighbour(press, id, 'the same group');
  return Promise.all([
    editIsLive(press, elsewhere, promised.othersBesidePoison),
    editIsLive(
      press,
      behind,
      promised.othersBesidePoison,
      'another edit is live, in the same group',
    ),
  ]);
}

let edits = 0;

/** A new headline, and whether readers see it. */
function edit(
  press: LimitedPress,
  id: string,
): { readonly commit: () => Promise<unknown>; readonly isLive: () => Promise<boolean> } {
  edits += 1;
  const headline = `Edited, for the ${edits}. time`;
  return {
    commit: () => press.editor.patch(id).set({ headline }).commit(),
    async isLive() {
      const { status, text } = await press.read(`/v1/briefings/${id}.json`);
      return status === 200 && text.includes(JSON.stringify(headline));
    },
  };
}

async function editIsLive(
  press: LimitedPress,
  id: string,
  within: number,
  what = 'another edit is live',
): Promise<Measured> {
  const { commit, isLive } = edit(press, id);
  await commit();
  return measure(press, what, within, isLive);
}

/** Kills the publisher when its first write of a kind has arrived, and before that has an effect. */
async function killAt(
  { stack }: LimitedPress,
  write: Pick<Fault, 'operations' | 'keyPrefix'>,
  begin: () => Promise<unknown>,
): Promise<void> {
  const struck = Promise.withResolvers<void>();
  stack.s3Faults.inject({
    ...write,
    kind: 'slow',
    milliseconds: 3_000,
    times: 1,
    onStrike: struck.resolve,
  });
  await begin();
  await struck.promise;
  if ((await stack.kill('publish-briefings')) === 0) throw new Error('No publisher was at work');
}

type Where = 'the same group' | 'another group';

/** Another briefing whose messages the queue keeps back with those of the first, or does not. */
function neighbour({ briefings }: LimitedPress, id: string, where: Where): string {
  const group = messageGroupOf({ ids: [id] });
  for (let index = 15; index < briefings; index += 1) {
    const other = `briefing-${index}`;
    const isSame = messageGroupOf({ ids: [other] }) === group;
    if (isSame === (where === 'the same group')) return other;
  }
  throw new Error(`No other briefing of ${briefings} is in ${where} as ${id}`);
}

async function isWalking(press: LimitedPress, cause: string): Promise<boolean> {
  const { walks } = await press.root();
  return walks.some((walk) => walk.cause === cause);
}

async function isIdle(press: LimitedPress): Promise<boolean> {
  const { walks, release } = await press.root();
  return walks.length === 0 && release === null;
}

function expectAnswered(end: { readonly kind: string }): void {
  if (end.kind !== 'answered') throw new Error(`The sweep ended so: ${JSON.stringify(end)}`);
}
