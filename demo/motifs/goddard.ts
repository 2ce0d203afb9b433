import {
  circle,
  cleared,
  far,
  gouge,
  ink,
  line,
  many,
  moved,
  path,
  polar,
  rect,
  type Motif,
} from '../linocut.ts';

/** A rocket over the cabbages. */
export function goddard(): Motif {
  const cabbage = (x: number, y: number, r: number) =>
    many(7, (i) => {
      const [px, py] = polar(x, y, r * 0.62, i * 51.4 + 20);
      return circle(px, py, r * 0.56, i % 2 === 0 ? ink.moss : ink.teal);
    }) +
    circle(x, y, r * 0.72, ink.moss) +
    many(3, (i) =>
      line(
        `M${x - r * (0.6 - i * 0.16)} ${y + r * 0.2}Q${x - r * 0.2} ${y - r * (0.9 - i * 0.2)} ${x + r * (0.56 - i * 0.16)} ${y - r * 0.05}`,
        i % 2 === 0 ? ink.sand : ink.black,
        5,
      ),
    ) +
    line(
      `M${x} ${y + r * 0.62}V${y - r * 0.2}M${x} ${y + r * 0.3}L${x + r * 0.32} ${y}M${x} ${y + r * 0.3}L${x - r * 0.32} ${y}`,
      ink.sand,
      5,
    );
  const field =
    path('M0 1090Q600 1030 1200 1090V1500H0Z', ink.black) +
    [
      [1100, 50, 11],
      [1182, 68, 8],
      [1290, 92, 7],
      [1428, 118, 5],
    ]
      .map(([y = 0, r = 0, count = 0]) =>
        many(count, (i) => cabbage(64 + (1072 / (count - 1)) * i, y, r)),
      )
      .join('');
  const hill =
    path('M0 1085C160 960 300 1010 460 1040S840 930 1200 1040V1110H0Z', ink.teal) +
    path('M880 985V905L930 866L980 905V975Z', ink.red) +
    path('M866 912L930 856L994 912', 'none', ` stroke="${ink.paper}" stroke-width="12"`) +
    rect(918, 925, 24, 42, ink.ochre);
  const frame =
    path('M190 1110L236 790M300 1110L254 790', 'none', ` stroke="${ink.black}" stroke-width="12"`) +
    many(5, (i) =>
      line(
        `M${196 + i * 9} ${1070 - i * 62}H${294 - i * 9}M${196 + i * 9} ${1070 - i * 62}L${286 - i * 9} ${1016 - i * 62}`,
        ink.black,
        7,
      ),
    );
  const arc =
    line(
      'M245 780C330 330 470 210 620 214C800 220 960 560 1000 1075',
      ink.paper,
      22,
      ' stroke-dasharray="66 22"',
    ) + line('M245 780C330 330 470 210 620 214', ink.paper, 22);
  const rocket = moved(
    640,
    214,
    line('M-96 -36H96M-96 36H96', ink.black, 12) +
      rect(-134, -32, 64, 64, ink.black, ' rx="12"') +
      rect(84, -34, 90, 68, ink.red, ' rx="24"') +
      path('M174 -34Q240 -20 246 0Q240 20 174 34Z', ink.red) +
      path('M-134 -26L-330 -70L-240 -22L-390 0L-240 22L-330 70L-134 26Z', ink.ochre),
    0.82,
    4,
  );
  const sun =
    circle(600, 600, 250, ink.sand) +
    many(24, (i) => {
      const [x, y] = polar(600, 600, 318, i * 15);
      return gouge({
        x,
        y,
        angle: i * 15,
        length: i % 2 === 0 ? 96 : 60,
        thickness: 7,
        fill: ink.sand,
      });
    });
  return {
    ground: ink.rose,
    art:
      cleared({
        name: 'goddard',
        fill: ink.sand,
        angle: () => -4,
        keep: (x, y) => y < 960 && far(x, y, 600, 600) > 400,
        spacing: 62,
        thickness: 4,
      }) +
      sun +
      hill +
      frame +
      field +
      arc +
      rocket,
  };
}
