import { describe, expect, it } from 'vitest';
import { createLog, type Log, type LogFields } from '../../src/adapters/log.ts';
import { StoreFault } from '../../src/adapters/s3-store.ts';

function recorded(): {
  log: Log;
  lines: (Readonly<Record<string, unknown>> & { level: string })[];
} {
  const lines: (Readonly<Record<string, unknown>> & { level: string })[] = [];
  return { lines, log: createLog((level, line) => lines.push({ ...line, level })) };
}

/** What looks like an id would pass for one; that no secret comes so far, the whole path shows. */
const canaries = [
  'canary/secret+7f3a=',
  'The canary sings at midnight.',
  'canary@example.org',
  'https://example.org/?token=canary',
  { body: 'canary' },
  ['canary words in a list'],
];

describe('the log of the functions', () => {
  it('says what happened with ids, counts and codes', () => {
    const { log, lines } = recorded();
    log.info('document', {
      id: 'briefing-radium',
      rev: 'Ya5ZvxU2q7TbIOFssE7302',
      outcome: 'refused',
      problems: [{ code: 'slug-taken', path: 'slug.current', holder: 'briefing-other' }],
    });
    log.warn('held', { ids: ['briefing-radium'], seq: 7 });
    expect(lines).toEqual([
      {
        level: 'info',
        event: 'document',
        id: 'briefing-radium',
        rev: 'Ya5ZvxU2q7TbIOFssE7302',
        outcome: 'refused',
        problems: [{ code: 'slug-taken', path: 'slug.current', holder: 'briefing-other' }],
      },
      { level: 'warn', event: 'held', ids: ['briefing-radium'], seq: 7 },
    ]);
  });

  it('tells how large a slice of whole-site work was, and of which', () => {
    const { log, lines } = recorded();
    log.info('slice-done', { of: 'deep-check', size: 100, milliseconds: 2_400 });
    expect(lines).toEqual([
      { level: 'info', event: 'slice-done', of: 'deep-check', size: 100, milliseconds: 2_400 },
    ]);
  });

  it('F73: holds no words of a document, no secret and no address, whichever way they come', () => {
    const { log, lines } = recorded();
    const fields = ['id', 'ids', 'reason', 'outcome', 'key', 'problems', 'error', 'places', 'seq'];
    for (const canary of canaries) {
      const words = JSON.stringify(canary);
      for (const field of [...fields, 'body', 'headline', 'token', '__proto__']) {
        const given: LogFields = Object.fromEntries([[field, canary]]);
        log.info('document', given);
      }
      log.info(words);
      log.info('document', { problems: [{ code: 'slug-taken', message: canary }] });
      log.error('outage', new Error(words));
      log.error('outage', canary);
      log.error('outage', new Error('outer', { cause: new Error(words) }));
      log.error('outage', new StoreFault('PUT', 'public/a', new Error(words)));
      log.error('outage', Object.assign(new Error('x'), { name: words, key: canary }));
    }
    expect(JSON.stringify(lines).match(/.{20}canary.{20}/i)).toBeNull();
    expect(lines).toHaveLength(canaries.length * (fields.length + 4 + 7));
  });

  it('tells where an error came from without its words', () => {
    const { log, lines } = recorded();
    log.error('outage', new StoreFault('PUT', 'public/a', { $metadata: { httpStatusCode: 503 } }), {
      messages: 3,
    });
    expect(lines).toEqual([
      {
        level: 'error',
        event: 'outage',
        error: 'StoreFault',
        status: 503,
        key: 'public/a',
        places: expect.arrayContaining([expect.stringMatching(/@log\.test\.ts:\d+:\d+$/)]),
        messages: 3,
      },
    ]);
  });
});
