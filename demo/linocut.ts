/**
 * The art direction of the demo publication's portraits, as cutting tools: every portrait is a
 * print in three or four flat inks on cream paper, from one block, with edges that a knife left.
 * Nothing here is a likeness; each picture is what its person is known for.
 */

export const width = 1200;
export const height = 1500;
/** The paper that stays visible around the block. */
const margin = 64;

export const ink = {
  paper: '#f4ead8',
  black: '#1b2130',
  red: '#d1432b',
  ochre: '#dda235',
  blue: '#23507c',
  sky: '#8fb4bf',
  moss: '#69803f',
  teal: '#1d6a68',
  rose: '#dd9484',
  sand: '#e8cfa0',
} as const;
export type Ink = (typeof ink)[keyof typeof ink];

/** A picture before it is printed: the colour of its block, and what is cut and inked on it. */
export interface Motif {
  readonly ground: Ink;
  /** SVG in the coordinates of the sheet, drawn over the ground and clipped to the block. */
  readonly art: string;
}

/** The whole sheet as SVG: paper, block, art, stray ridges and the wobble of a hand-held knife. */
export function sheet(name: string, { ground, art }: Motif): string {
  const block = { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin };
  const box = `x="${block.x}" y="${block.y}" width="${block.width}" height="${block.height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<defs><filter id="knife" x="0" y="0" width="${width}" height="${height}" filterUnits="userSpaceOnUse">`,
    `<feTurbulence type="fractalNoise" baseFrequency="0.018" numOctaves="2" seed="${seedOf(name) % 900}"/>`,
    `<feDisplacementMap in="SourceGraphic" scale="9" xChannelSelector="R" yChannelSelector="G"/></filter>`,
    `<clipPath id="block"><rect ${box} rx="5"/></clipPath></defs>`,
    `<rect width="${width}" height="${height}" fill="${ink.paper}"/>`,
    `<g filter="url(#knife)"><rect ${box} rx="5" fill="${ground}"/>`,
    `<g clip-path="url(#block)">${art}</g>${strayRidges(name, ground)}</g></svg>`,
  ].join('');
}

/** Ridges of lino that took ink although they were meant to be cut away: none on the paper is proof of a machine. */
function strayRidges(name: string, ground: Ink): string {
  const random = randomOf(`${name} ridges`);
  return Array.from({ length: 26 }, () => {
    const along = random();
    const off = 14 + random() * 26;
    const side = Math.floor(random() * 4);
    const [x, y, angle] = (
      [
        [along * width, off, 0],
        [along * width, height - off, 0],
        [off, along * height, 90],
        [width - off, along * height, 90],
      ] as const
    )[side] ?? [0, 0, 0];
    return gouge({
      x,
      y,
      angle: angle + (random() - 0.5) * 14,
      length: 26 + random() * 60,
      thickness: 2 + random() * 2.5,
      fill: ground,
    });
  }).join('');
}

/** One push of the gouge: a stroke that is pointed at both ends. */
export function gouge({
  x,
  y,
  angle,
  length,
  thickness,
  fill,
}: {
  readonly x: number;
  readonly y: number;
  /** Degrees, clockwise from the right. */
  readonly angle: number;
  readonly length: number;
  readonly thickness: number;
  readonly fill: string;
}): string {
  const turn = (angle * Math.PI) / 180;
  const [dx, dy] = [(Math.cos(turn) * length) / 2, (Math.sin(turn) * length) / 2];
  const [nx, ny] = [-Math.sin(turn) * thickness, Math.cos(turn) * thickness];
  return `<path fill="${fill}" d="M${n(x - dx)} ${n(y - dy)}Q${n(x + nx)} ${n(y + ny)} ${n(x + dx)} ${n(y + dy)}Q${n(x - nx)} ${n(y - ny)} ${n(x - dx)} ${n(y - dy)}Z"/>`;
}

/** A field of gouge strokes, evenly loose, as a printmaker clears a ground. */
export function cleared({
  name,
  fill,
  angle,
  keep,
  spacing = 46,
  length = 58,
  thickness = 4,
}: {
  readonly name: string;
  readonly fill: string;
  readonly angle: (x: number, y: number) => number;
  /** Where strokes may fall. */
  readonly keep: (x: number, y: number) => boolean;
  readonly spacing?: number;
  readonly length?: number;
  readonly thickness?: number;
}): string {
  const random = randomOf(name);
  let strokes = '';
  for (let row = 0; row * spacing < height; row += 1) {
    for (let column = 0; column * spacing < width + spacing; column += 1) {
      const x = column * spacing + (row % 2) * (spacing / 2) + (random() - 0.5) * spacing * 0.5;
      const y = row * spacing + (random() - 0.5) * spacing * 0.5;
      const [size, weight, skew] = [0.6 + random() * 0.8, 0.5 + random() * 0.8, random() - 0.5];
      if (!keep(x, y)) continue;
      strokes += gouge({
        x,
        y,
        angle: angle(x, y) + skew * 10,
        length: length * size,
        thickness: thickness * weight,
        fill,
      });
    }
  }
  return strokes;
}

export const circle = (x: number, y: number, r: number, fill: string, stroke = ''): string =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}"${stroke}/>`;
export const path = (d: string, fill: string, rest = ''): string =>
  `<path d="${d}" fill="${fill}"${rest}/>`;
export const line = (d: string, colour: string, thickness: number, rest = ''): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${thickness}" stroke-linecap="round" stroke-linejoin="round"${rest}/>`;
export const rect = (x: number, y: number, w: number, h: number, fill: string, rest = ''): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}"${rest}/>`;
export const turned = (angle: number, x: number, y: number, art: string): string =>
  `<g transform="rotate(${n(angle)} ${n(x)} ${n(y)})">${art}</g>`;
export const moved = (x: number, y: number, art: string, scale = 1, angle = 0): string =>
  `<g transform="translate(${n(x)} ${n(y)}) rotate(${n(angle)}) scale(${n(scale)})">${art}</g>`;
/** A closed or open polyline through points. */
export const through = (points: readonly (readonly [number, number])[], close = true): string =>
  `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}${close ? 'Z' : ''}`;
/** So many pictures, by number from 0. */
export const many = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index)).join('');
export const polar = (
  x: number,
  y: number,
  r: number,
  degrees: number,
): readonly [number, number] => [
  x + r * Math.cos((degrees * Math.PI) / 180),
  y + r * Math.sin((degrees * Math.PI) / 180),
];
export const far = (x: number, y: number, fromX: number, fromY: number): number =>
  Math.hypot(x - fromX, y - fromY);

/** The same numbers for the same name, on every machine. */
export function randomOf(name: string): () => number {
  let state = seedOf(name);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function seedOf(name: string): number {
  let hash = 2_166_136_261;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return hash >>> 0;
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
