import { expect, it } from 'vitest';
import { onPort } from '../../local/stack/ports.ts';

it('a port that is taken: the one to take instead is no other part’s', async () => {
  const taken = () =>
    Promise.reject(Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' }));
  await expect(onPort('s3', 9000, taken)).rejects.toThrow('PRESSRUN_S3_PORT=9002 npm start');
  await expect(onPort('site', 8080, taken)).rejects.toThrow('PRESSRUN_SITE_PORT=8081 npm start');
});
