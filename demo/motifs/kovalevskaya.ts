import {
  circle,
  cleared,
  far,
  gouge,
  ink,
  line,
  many,
  path,
  rect,
  through,
  turned,
  type Motif,
} from '../linocut.ts';

/** A leaning top, and the loops its axis draws. */
export function kovalevskaya(): Motif {
  const rosette = (scale: number, colour: string, thickness: number) => {
    const points = Array.from({ length: 541 }, (_, i) => {
      const turn = (i / 540) * Math.PI * 2;
      const r = scale * (300 + 130 * Math.cos(turn * 7));
      const swing = turn + 0.34 * Math.sin(turn * 7);
      return [600 + r * Math.cos(swing), 520 + r * 0.86 * Math.sin(swing)] as const;
    });
    return line(through(points), colour, thickness);
  };
  const halo =
    circle(600, 520, 432, ink.teal) +
    rosette(1, ink.paper, 15) +
    rosette(0.72, ink.ochre, 12) +
    rosette(0.44, ink.rose, 10);
  const top = turned(
    17,
    560,
    1300,
    rect(547, 560, 26, 330, ink.black) +
      circle(560, 552, 26, ink.red) +
      path(
        'M300 960C300 900 430 876 560 876S820 900 820 960C820 1040 660 1130 590 1262L560 1312L530 1262C460 1130 300 1040 300 960Z',
        ink.red,
      ) +
      `<ellipse cx="560" cy="950" rx="260" ry="66" fill="${ink.ochre}"/><ellipse cx="560" cy="946" rx="176" ry="40" fill="${ink.black}"/><ellipse cx="560" cy="942" rx="84" ry="18" fill="${ink.paper}"/>` +
      line('M336 1034Q560 1128 784 1034', ink.black, 15) +
      line('M410 1108Q560 1172 712 1108', ink.paper, 11) +
      line('M470 1180Q560 1216 652 1180', ink.ochre, 9) +
      many(6, (i) =>
        gouge({
          x: 360 + i * 16,
          y: 1000 + i * 30,
          angle: 50,
          length: 60,
          thickness: 4,
          fill: ink.rose,
        }),
      ),
  );
  const floor = many(
    5,
    (i) =>
      `<ellipse cx="565" cy="1330" rx="${90 + i * 92}" ry="${16 + i * 17}" fill="none" stroke="${i % 2 === 0 ? ink.sky : ink.teal}" stroke-width="${9 - i}" stroke-dasharray="${60 + i * 60} ${22 + i * 4}"/>`,
  );
  return {
    ground: ink.black,
    art:
      cleared({
        name: 'kovalevskaya',
        fill: ink.teal,
        angle: (x, y) => (Math.atan2(y - 520, x - 600) * 180) / Math.PI + 90,
        keep: (x, y) => far(x, y, 600, 520) > 470 && y < 1200,
        spacing: 100,
        thickness: 5,
      }) +
      halo +
      floor +
      top,
  };
}
