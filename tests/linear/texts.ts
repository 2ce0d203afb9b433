/**
 * What an editor can hold a key down on, paste, or import: one class of character each, as the few
 * characters that are repeated. What has made a pattern of this project slow once is among them.
 */
export const kinds: Readonly<Record<string, string>> = {
  blanks: ' ',
  'blanks that do not break': '\u00a0',
  tabs: '\t',
  'line ends': '\n',
  'blank lines': ' \n',
  'line ends of other machines': '\r\n',
  'small letters': 'a',
  capitals: 'A',
  words: 'word ',
  'capitalised words': 'Ab ',
  'capitals joined by hyphens': 'A-',
  'letters of another script': 'ж',
  'letters from right to left': 'ب',
  'pointed letters': 'בִּ',
  'ideographs and their stops': '漢。',
  jamo: '\u1112\u1161\u11ab',
  digits: '1',
  'digits apart': '1 ',
  thousands: '1,000',
  'numbers in two spellings': '1,200 1200 ',
  scores: '7/10 ',
  'scores in words': 'ten out of ten ',
  'half a score': '5 out of ',
  ages: '50-year-old ',
  'a name and an age': 'Example, 50, ',
  'a name and blanks': 'Example is ',
  dates: '2026-11-24 ',
  'a day in words': 'Tuesday, 24 November 2026 ',
  'half a day in words': 'Tuesday (',
  'full stops': '.',
  'full stops apart': '. ',
  commas: ',',
  semicolons: ';',
  colons: ':',
  'exclamation marks': '!',
  ellipses: '…',
  'sentence ends': '."\u2019) ',
  titles: 'Mr. ',
  initials: 'U.S. ',
  'straight quotes': '"',
  apostrophes: "'",
  'quotes that open': '“',
  'quotes that close': '”',
  'single quotes that open': '‘',
  'single quotes that close': '’',
  'quoted words': '“Ab” ',
  guillemets: '«a» ',
  'brackets that open': '(',
  'brackets that close': ')',
  'square brackets that open': '[',
  'square brackets that close': ']',
  braces: '{}',
  'less than': '<',
  'greater than': '>',
  ampersands: '&',
  entities: '&amp;',
  tags: '<b>',
  'ends of a script': '</script>',
  hyphens: '-',
  'hyphens apart': ' - ',
  'hyphens before blanks': 'two- ',
  dashes: ' – ',
  'addresses of the web': 'https://a.example/ ',
  'half an address': 'http://',
  'addresses of our own': 'https://short-answer.example/archive/ ',
  www: 'www.',
  'addresses of mail': 'a@b.example ',
  'half an address of mail': 'a.',
  'at signs': 'a@.',
  asterisks: '*',
  underscores: '_',
  backslashes: '\\',
  backticks: '`',
  'number signs': '# ',
  'plus signs on lines': '+\n',
  'numbers on lines': '1.\n',
  'digits on lines': '1\n',
  'links of Markdown': '](http:',
  'links in angles': '<http:',
  pipes: '|',
  tildes: '~~',
  'letters with marks': 'e\u0301',
  'marks alone': '\u0301',
  'marks of two classes': '\u0315\u0300\u05ae',
  emoji: '😀',
  'joined emoji': '👩🏽‍🚀',
  flags: '🏴\u{e0067}\u{e007f}',
  'tag characters': '\u{e0061}',
  'halves of pairs': '\ud800',
  'zero-width spaces': '\u200b',
  joiners: '\u200d',
  'letters and joiners': 'a\u200d',
  'non-joiners in Arabic': 'ب\u200c',
  'soft hyphens': '\u00ad',
  'variation selectors': '\ufe0f',
  'keycaps and selectors': '1\ufe0e',
  'overrides of direction': '\u202e',
  'isolates that open': '\u2067',
  'isolates around letters': '\u2067a\u2069',
  'isolates that close': '\u2069\u202c',
  controls: '\u0007',
  noncharacters: '\ufdd0',
};

/** Of one kind all through, or a long run of it between two words: where a pattern is refused at the end. */
export type Shape = 'alone' | 'between words' | 'by turns with blanks' | 'in runs';
export const shapes: readonly Shape[] = [
  'alone',
  'between words',
  'by turns with blanks',
  'in runs',
];

/** A text of so many characters (UTF-16 code units), less than one repetition off. */
export function textOf(kind: string, shape: Shape, length: number): string {
  const unit = kinds[kind];
  if (unit === undefined) throw new Error(`There is no kind of text called ${kind}`);
  switch (shape) {
    case 'alone':
      return filled(unit, length);
    case 'between words':
      return `Word ${filled(unit, length - 10)} word`;
    case 'by turns with blanks':
      return filled(`${unit} `, length);
    case 'in runs':
      return filled(`a${filled(unit, 900)}a\n${' '.repeat(90)}`, length);
  }
}

function filled(unit: string, length: number): string {
  return unit.repeat(Math.max(1, Math.floor(length / unit.length)));
}
