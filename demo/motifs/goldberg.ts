import {
  circle,
  gouge,
  ink,
  line,
  many,
  moved,
  path,
  polar,
  randomOf,
  rect,
  type Motif,
} from '../linocut.ts';

/** A pine with its roots in two landscapes. */
export function goldberg(): Motif {
  const west =
    rect(0, 0, 600, 1500, ink.blue) +
    path('M0 930C160 880 320 900 600 960V1500H0Z', ink.paper) +
    many(46, (i) => {
      const random = randomOf(`snow${i}`);
      return circle(80 + random() * 500, 90 + random() * 800, 5 + random() * 8, ink.paper);
    }) +
    many(4, (i) =>
      line(`M90 ${1010 + i * 70}Q300 ${970 + i * 76} 560 ${1020 + i * 70}`, ink.sky, 6),
    ) +
    many(3, (i) =>
      moved(
        130 + i * 76,
        930 - i * 8,
        path('M-34 0L0 -120L34 0Z', ink.black) + path('M-26 -44L0 -150L26 -44Z', ink.black),
        0.8,
      ),
    );
  const east =
    rect(600, 0, 600, 1500, ink.ochre) +
    circle(900, 330, 130, ink.red) +
    path('M600 960C740 860 860 880 960 920S1120 860 1200 880V1500H600Z', ink.rose) +
    path('M600 1040C800 960 980 1040 1200 980V1500H600Z', ink.red) +
    many(4, (i) =>
      line(`M630 ${1090 + i * 70}Q860 ${1040 + i * 74} 1120 ${1080 + i * 70}`, ink.sand, 6),
    ) +
    many(12, (i) => {
      const [x, y] = polar(900, 330, 186, i * 30);
      return gouge({ x, y, angle: i * 30, length: 62, thickness: 7, fill: ink.red });
    }) +
    many(
      3,
      (i) =>
        rect(880 + i * 84, 880 - (i % 2) * 34, 66, 90, ink.paper) +
        rect(902 + i * 84, 906 - (i % 2) * 34, 20, 30, ink.black),
    );
  const bough = (i: number, side: 1 | -1, fill: string, needle: string) => {
    const y = 250 + i * 112;
    const reach = 90 + i * 50;
    const at = (x: number) => 600 + side * x;
    return (
      path(
        `M600 ${y - 90}Q${at(reach * 0.5)} ${y + 20} ${at(reach)} ${y + 74}Q${at(reach * 0.72)} ${y + 86} ${at(reach * 0.6)} ${y + 116}Q${at(reach * 0.44)} ${y + 92} ${at(reach * 0.34)} ${y + 124}Q${at(reach * 0.2)} ${y + 96} 600 ${y + 128}Z`,
        fill,
      ) +
      many(4, (k) =>
        gouge({
          x: at(reach * (0.18 + k * 0.19)),
          y: y + 36 + k * 13,
          angle: side > 0 ? 50 - k * 4 : 130 + k * 4,
          length: 58,
          thickness: 4,
          fill: needle,
        }),
      )
    );
  };
  const tree =
    rect(572, 820, 28, 260, ink.black) +
    rect(600, 820, 28, 260, ink.paper) +
    many(6, (k) => {
      const i = 5 - k;
      return bough(i, -1, ink.teal, ink.paper) + bough(i, 1, ink.moss, ink.black);
    });
  const root = (
    side: 1 | -1,
    colour: string,
    bends: readonly (readonly [number, number, number, number])[],
  ) =>
    bends
      .map(([x, y, bx, by], i) =>
        line(
          `M${600 + side * 12} 1050C${600 + side * 20} 1120 ${600 + side * bx} ${by} ${600 + side * x} ${y}`,
          colour,
          20 - i * 2.4,
        ),
      )
      .join('');
  const bends = [
    [470, 1180, 180, 1120],
    [430, 1300, 130, 1200],
    [300, 1390, 110, 1240],
    [150, 1425, 60, 1260],
    [50, 1430, 20, 1260],
  ] as const;
  return {
    ground: ink.blue,
    art: west + east + root(-1, ink.black, bends) + root(1, ink.paper, bends) + tree,
  };
}
