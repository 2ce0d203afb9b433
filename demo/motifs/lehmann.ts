import { circle, cleared, far, gouge, ink, line, many, polar, type Motif } from '../linocut.ts';

/** The Earth cut through, and the waves that came out where they should not. */
export function lehmann(): Motif {
  const [cx, cy] = [600, 760];
  const rings =
    circle(cx, cy, 500, ink.black) +
    circle(cx, cy, 482, ink.red) +
    circle(cx, cy, 272, ink.ochre) +
    circle(cx, cy, 98, ink.paper) +
    cleared({
      name: 'mantle',
      fill: ink.rose,
      angle: (x, y) => (Math.atan2(y - cy, x - cx) * 180) / Math.PI + 90,
      keep: (x, y) => far(x, y, cx, cy) > 300 && far(x, y, cx, cy) < 462,
      spacing: 66,
      length: 84,
      thickness: 5,
    }) +
    cleared({
      name: 'core',
      fill: ink.red,
      angle: (x, y) => (Math.atan2(y - cy, x - cx) * 180) / Math.PI,
      keep: (x, y) => far(x, y, cx, cy) > 130 && far(x, y, cx, cy) < 256,
      spacing: 46,
      length: 34,
      thickness: 4,
    }) +
    circle(cx, cy, 104, 'none', ` stroke="${ink.black}" stroke-width="12"`) +
    circle(cx, cy, 272, 'none', ` stroke="${ink.black}" stroke-width="9"`);
  const quake: readonly [number, number] = [600, 278];
  const bend = [22, 40, 60, 82, 100]
    .flatMap((angle) =>
      [1, -1].map((side) => {
        const [x, y] = polar(cx, cy, 482, -90 + side * angle);
        const [mx, my] = polar(cx, cy, 482 - angle * 2.3, -90 + (side * angle) / 2);
        return line(`M${quake.join(' ')}Q${mx} ${my} ${x} ${y}`, ink.paper, 8);
      }),
    )
    .join('');
  const through2 = [1, -1]
    .map((side) => {
      const into = polar(cx, cy, 272, -90 + side * 34);
      const out = polar(cx, cy, 272, -90 + side * 138);
      const end = polar(cx, cy, 482, -90 + side * 158);
      return line(
        `M${quake.join(' ')}Q${600 + side * 96} 400 ${into.join(' ')}Q${600 + side * 190} 760 ${out.join(' ')}Q${end[0] + side * 30} ${end[1] - 120} ${end.join(' ')}`,
        ink.paper,
        8,
      );
    })
    .join('');
  const bounce = [1, -1]
    .map((side) => {
      const touch = polar(cx, cy, 104, -90 + side * 48);
      const end = polar(cx, cy, 482, -90 + side * 122);
      return (
        line(
          `M${quake.join(' ')}Q${600 + side * 24} 520 ${touch.join(' ')}Q${600 + side * 200} 800 ${end.join(' ')}`,
          ink.black,
          12,
        ) +
        circle(end[0], end[1], 24, ink.paper) +
        circle(end[0], end[1], 12, ink.black) +
        circle(touch[0], touch[1], 13, ink.black)
      );
    })
    .join('');
  const burst =
    many(12, (i) => {
      const [x, y] = polar(quake[0], quake[1], 62, i * 30);
      return gouge({ x, y, angle: i * 30, length: 78, thickness: 8, fill: ink.paper });
    }) +
    circle(quake[0], quake[1], 26, ink.black) +
    circle(quake[0], quake[1], 14, ink.ochre);
  const trace = line(
    'M90 1350H240l14 -20 16 44 20 -76 22 118 20 -90 18 44 14 -20H520l12 -16 14 30 16 -24 12 10H760l14 -30 18 70 20 -110 24 150 22 -124 18 66 14 -22H1110',
    ink.black,
    9,
  );
  return {
    ground: ink.sky,
    art:
      cleared({
        name: 'lehmann',
        fill: ink.paper,
        angle: () => 0,
        keep: (x, y) => far(x, y, cx, cy) > 540 && y < 1240,
        spacing: 100,
        thickness: 3.5,
      }) +
      rings +
      bend +
      through2 +
      bounce +
      burst +
      trace,
  };
}
