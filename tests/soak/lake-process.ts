import { parseArgs } from 'node:util';
import { startLake } from '../../local/lake/lake.ts';

/** A lake in a process of its own, so that it can be killed. Prints its address when it answers. */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '' },
    port: { type: 'string', default: '0' },
    webhook: { type: 'string', default: '' },
    editor: { type: 'string', default: '' },
    second: { type: 'string', default: '' },
    viewer: { type: 'string', default: '' },
  },
});

const lake = await startLake({
  dataDirectory: values.data,
  port: Number(values.port),
  tokens: { editor: values.editor, viewer: values.viewer },
  editors: [{ name: 'second', token: values.second }],
  webhooks: [
    {
      name: 'counting',
      url: values.webhook,
      rule: {
        on: ['create', 'update', 'delete'],
        filter: '_type == "briefing"',
        projection: '{_id, _rev, "operation": delta::operation()}',
      },
    },
  ],
});

process.once('SIGTERM', () => {
  void lake.close().then(() => process.exit(0));
});
// Nobody is left to end it when who started it is gone.
process.stdin.once('end', () => process.exit(1)).resume();
process.stdout.write(`${lake.url}\n`);
