import { expect, it } from 'vitest';
import { runIn } from './press.ts';

const commands = [
  ...'build validate diff verify export plan publish reconcile rebuild hold resume'.split(' '),
  'secrets',
  'secrets init',
  'deploy',
  'destroy',
  'webhook',
  'webhook plan',
  'webhook apply',
  'webhook check',
  'webhook blueprint',
  'doctor',
];

it('lists every command, and what exit codes mean', async () => {
  const { exit, out } = await runIn('.', '--help');
  expect(exit).toBe(0);
  expect(out).toMatchSnapshot();
});

it.each(commands)('%s has help with examples', async (command) => {
  const { exit, out, err } = await runIn('.', `${command} --help`);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  expect(out).toContain('\nExamples:\n  pressrun');
  expect(out).toMatchSnapshot();
});

it.each([
  ['', 'Usage: pressrun'],
  ['biuld', "unknown command 'biuld'\n(Did you mean build?)"],
  ['build', "required option '--from <file>' not specified"],
  ['verify --mend', "unknown option '--mend'"],
  ['plan', "missing required argument 'id'"],
  ['verify --stage production', 'there is no stage "production"'],
  ['publish a --allow-removals none', 'Expected how many documents are named'],
  ['export --out x --wait long', 'Expected a number of seconds'],
  ['validate', 'Expected either a file or --lake'],
  ['diff one', 'Expected two folders, or one and --bucket'],
])('"%s" is wrong usage: it says what to do, and exits 2', async (line, message) => {
  const { exit, out, err } = await runIn('.', line);
  expect({ exit, out }).toEqual({ exit: 2, out: '' });
  expect(err).toContain(message);
});
