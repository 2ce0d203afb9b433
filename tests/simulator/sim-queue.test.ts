import { expect, test } from 'vitest';
import { SimQueue } from './sim-queue.ts';
import { World } from './world.ts';

/** A queue with messages `a1`, `a2` of one group and `b1` of another. */
function queueOfThree() {
  const world = new World(1, 0);
  const queue = new SimQueue(world, () => ({ receives: 2, visibilitySeconds: 30 }));
  const buried: string[] = [];
  queue.onDeadLetter = ({ body }) => buried.push(body);
  for (const name of ['a1', 'a2', 'b1']) queue.send(name, name.slice(0, 1), name);
  const receive = (most: number): readonly string[] => queue.receive(most).map(({ body }) => body);
  return { world, queue, buried, receive };
}

test('a message in hand holds up its group, and no other', async () => {
  const { world, queue, receive } = queueOfThree();
  const first = receive(1);
  const meanwhile = receive(10);
  queue.delete('m1', 1);
  const afterIt = receive(10);
  await world.runUntil(31_000);
  expect({ first, meanwhile, afterIt, afterItsTime: receive(10) }).toEqual({
    first: ['a1'],
    meanwhile: ['b1'],
    afterIt: ['a2'],
    afterItsTime: ['a2', 'b1'],
  });
});

test('a message that was received as often as it may goes to the dead letters, and its group goes on', async () => {
  const { world, buried, receive } = queueOfThree();
  const received: (readonly string[])[] = [];
  for (const until of [31_000, 62_000, 93_000]) {
    received.push(receive(1));
    await world.runUntil(until);
  }
  expect({ received, buried }).toEqual({ received: [['a1'], ['a1'], ['a2']], buried: ['a1'] });
});

test('what is sent twice under one deduplication id is one message, for five minutes', async () => {
  const { world, queue } = queueOfThree();
  queue.send('a1', 'a', 'a1');
  const within = queue.length;
  await world.runUntil(300_000);
  queue.send('a1', 'a', 'a1');
  expect({ within, later: queue.length }).toEqual({ within: 3, later: 4 });
});

test('who has lost a message to somebody else cannot delete it', async () => {
  const { world, queue, receive } = queueOfThree();
  receive(1);
  await world.runUntil(31_000);
  receive(1);
  queue.delete('m1', 1);
  expect(queue.length).toBe(3);
});
