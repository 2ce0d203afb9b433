import { expect, it } from 'vitest';
import { parseOnce } from '../../src/briefing/parse-once.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { demoDocuments } from '../demo/publication.ts';

it('says of every document of the demo publication what the parser says, and of the same one the same', () => {
  const parse = parseOnce();
  const documents = [...demoDocuments(), null, 'no document', {}];
  const first = documents.map((document) => parse(document));
  expect(first).toEqual(documents.map((document) => parseDocument(document)));
  const again = documents.filter((document) => typeof document === 'object' && document !== null);
  expect(again.every((document) => parse(document) === parse(document))).toBe(true);
});

it('parses an edited copy anew', () => {
  const parse = parseOnce();
  const [topic] = demoDocuments().filter(({ _type }) => _type === 'topic');
  expect(parse(topic)).toMatchObject({ ok: true });
  const edited = { ...topic, description: 'What the moon does.' };
  expect(parse(edited)).toMatchObject({ ok: true, value: { description: 'What the moon does.' } });
});
