import {
  circle,
  cleared,
  far,
  gouge,
  ink,
  line,
  many,
  path,
  polar,
  through,
  type Motif,
} from '../linocut.ts';

/** Eighteen golden mirrors. */
export function webb(): Motif {
  const size = 128;
  const hexagon = (x: number, y: number, index: number) => {
    const corner = (i: number) => polar(x, y, size - 7, i * 60);
    const facets = [ink.ochre, ink.sand, ink.ochre, '#b97f22', '#b97f22', ink.ochre];
    return (
      many(6, (i) =>
        path(through([[x, y], corner(i), corner(i + 1)]), facets[(i + index) % 6] ?? ink.ochre),
      ) + circle(x, y, 15, ink.black)
    );
  };
  let mirror = '';
  let index = 0;
  for (let q = -2; q <= 2; q += 1) {
    for (let r = Math.max(-2, -q - 2); r <= Math.min(2, 2 - q); r += 1) {
      if (q === 0 && r === 0) continue;
      mirror += hexagon(600 + size * 1.5 * q, 690 + size * Math.sqrt(3) * (r + q / 2), index);
      index += 1;
    }
  }
  const star = (x: number, y: number, r: number, fill: string) =>
    many(3, (i) => gouge({ x, y, angle: 30 + i * 60, length: r * 2, thickness: r * 0.1, fill })) +
    gouge({ x, y, angle: 0, length: r * 1.1, thickness: r * 0.06, fill }) +
    circle(x, y, r * 0.16, fill);
  const stars = [
    [170, 210, 74],
    [1010, 170, 52],
    [1050, 480, 30],
    [150, 560, 26],
    [330, 130, 24],
    [760, 130, 20],
    [1050, 1010, 62],
    [140, 1000, 40],
    [230, 1150, 18],
  ]
    .map(([x = 0, y = 0, r = 0], i) => star(x, y, r, i % 4 === 2 ? ink.red : ink.paper))
    .join('');
  const shield = many(5, (i) =>
    path(
      `M${150 + i * 22} ${1200 + i * 40}L600 ${1108 + i * 46}L${1050 - i * 22} ${1200 + i * 40}L600 ${1276 + i * 33}Z`,
      [ink.rose, ink.red, ink.rose, ink.red, ink.rose][i] ?? ink.rose,
      ` stroke="${ink.black}" stroke-width="9"`,
    ),
  );
  const secondary =
    line('M600 690L330 1130M600 690L870 1130M600 690V240', ink.black, 13) +
    circle(600, 690, 54, ink.black) +
    circle(600, 690, 40, ink.ochre) +
    circle(600, 690, 14, ink.black);
  const dust = cleared({
    name: 'webb',
    fill: ink.blue,
    angle: (x, y) => (Math.atan2(y - 690, x - 600) * 180) / Math.PI + 90,
    keep: (x, y) => far(x, y, 600, 690) > 620 || y < 130,
    spacing: 66,
    thickness: 3.5,
  });
  return { ground: ink.black, art: dust + stars + shield + mirror + secondary };
}
