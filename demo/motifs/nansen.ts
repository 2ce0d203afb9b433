import {
  circle,
  cleared,
  far,
  gouge,
  ink,
  line,
  many,
  path,
  randomOf,
  rect,
  through,
  type Motif,
} from '../linocut.ts';

/** A ship held in the ice under a low sun. */
export function nansen(): Motif {
  const sun = circle(600, 700, 330, ink.red);
  const sky = cleared({
    name: 'nansen',
    fill: ink.sky,
    angle: () => 0,
    keep: (x, y) => y < 930 && far(x, y, 600, 700) > 372,
    thickness: 3.5,
  });
  const glints = many(9, (i) =>
    gouge({
      x: 600,
      y: 780 + i * 27,
      angle: 0,
      length: 560 - i * 34,
      thickness: 3 + i * 0.4,
      fill: ink.paper,
    }),
  );
  const mast = (x: number, top: number) => rect(x - 7, top, 14, 1010 - top, ink.black);
  const yard = (x: number, y: number, half: number) =>
    rect(x - half, y - 6, half * 2, 12, ink.black) +
    path(`M${x - half} ${y + 4}Q${x} ${y + 34} ${x + half} ${y + 4}Z`, ink.paper);
  const rigging = [
    [330, 960, 420, 470],
    [420, 470, 600, 400],
    [600, 400, 770, 500],
    [770, 500, 905, 960],
    [420, 470, 500, 985],
    [600, 400, 520, 985],
    [600, 400, 690, 985],
    [770, 500, 700, 985],
    [420, 470, 370, 985],
    [770, 500, 850, 985],
    [210, 905, 420, 560],
    [210, 905, 420, 690],
  ]
    .map(([a, b, c, d]) => line(`M${a} ${b}L${c} ${d}`, ink.black, 4))
    .join('');
  const ship =
    rigging +
    mast(420, 440) +
    mast(600, 370) +
    mast(770, 480) +
    yard(420, 560, 96) +
    yard(420, 680, 118) +
    yard(600, 500, 108) +
    yard(600, 630, 132) +
    yard(600, 770, 146) +
    yard(770, 600, 84) +
    line('M215 900L400 975', ink.black, 14) +
    path(
      'M282 965Q300 1075 420 1112L810 1112Q905 1085 925 940L860 968Q600 1010 330 968Z',
      ink.black,
    ) +
    line('M322 1000Q600 1046 895 988', ink.paper, 7) +
    many(7, (i) => circle(410 + i * 66, 1052 + Math.sin(i) * 3, 8, ink.ochre)) +
    rect(735, 895, 120, 82, ink.black) +
    rect(752, 912, 26, 26, ink.ochre) +
    rect(802, 912, 26, 26, ink.ochre);
  const floe = (
    points: readonly (readonly [number, number])[],
    shade: readonly (readonly [number, number])[],
  ) => path(through(points), ink.paper) + path(through(shade), ink.sky);
  const ice =
    path(
      'M0 1010L130 960L205 1035L330 1000L410 1098L560 1060L650 1105L800 1070L880 1010L985 1045L1090 950L1200 1000V1500H0Z',
      ink.paper,
    ) +
    path(
      'M130 960L205 1035L190 1120L90 1075Z M410 1098L560 1060L520 1150L430 1165Z M880 1010L985 1045L940 1130L860 1110Z M1090 950L1200 1000V1100L1110 1060Z M650 1105L800 1070L760 1160Z',
      ink.sky,
    ) +
    line(
      'M0 1180L160 1150L240 1230L420 1200L520 1290L720 1230L860 1300L1040 1210L1200 1260M240 1230L180 1380L320 1500M520 1290L480 1420L560 1500M860 1300L920 1400L860 1500M420 1200L450 1165M720 1230L760 1160M1040 1210L1000 1120M160 1150L120 1080M920 1400L1200 1370M180 1380L0 1350',
      ink.blue,
      15,
    ) +
    floe(
      [
        [250, 1290],
        [330, 1270],
        [380, 1330],
        [300, 1370],
      ],
      [
        [300, 1370],
        [380, 1330],
        [370, 1362],
        [306, 1396],
      ],
    ) +
    many(44, (i) => {
      const random = randomOf(`floe${i}`);
      return gouge({
        x: 90 + random() * 1020,
        y: 1180 + random() * 240,
        angle: -12 + random() * 24,
        length: 30 + random() * 60,
        thickness: 3,
        fill: ink.sky,
      });
    });
  return { ground: ink.blue, art: sun + sky + glints + ship + ice };
}
