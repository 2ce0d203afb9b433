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
  randomOf,
  through,
  type Motif,
} from '../linocut.ts';

/** Once round. */
export function gagarin(): Motif {
  const stars = many(64, (i) => {
    const random = randomOf(`star${i}`);
    const [x, y] = [80 + random() * 1040, 80 + random() * 1340];
    return far(x, y, 600, 780) < 400 || far(x, y, 600, 1520) < 560
      ? ''
      : random() > 0.8
        ? many(2, (k) => gouge({ x, y, angle: k * 90, length: 44, thickness: 5, fill: ink.paper }))
        : circle(x, y, 2.5 + random() * 4, ink.paper);
  });
  const globe =
    circle(600, 780, 350, ink.blue) +
    path(
      'M380 530C440 470 560 440 640 470C700 492 690 540 640 560C690 590 760 560 800 600C850 650 830 700 770 700C720 700 700 740 650 730C600 720 560 760 500 740C430 716 340 640 380 530Z',
      ink.moss,
    ) +
    path(
      'M560 800C640 780 730 810 760 870C780 940 720 980 690 1050C670 1100 620 1080 610 1020C600 960 530 940 520 880C514 836 530 808 560 800Z',
      ink.moss,
    ) +
    path(
      'M300 800C340 770 400 800 396 850C390 900 340 920 312 900C284 880 276 820 300 800Z',
      ink.moss,
    ) +
    path('M840 780C890 770 920 800 910 850C880 890 830 850 840 780Z', ink.moss) +
    cleared({
      name: 'night',
      fill: ink.black,
      angle: () => -62,
      keep: (x, y) => far(x, y, 600, 780) < 330 && far(x, y, 690, 700) > 300,
      spacing: 26,
      length: 66,
      thickness: 6,
    }) +
    cleared({
      name: 'day',
      fill: ink.paper,
      angle: () => -4,
      keep: (x, y) => far(x, y, 600, 780) < 320 && far(x, y, 760, 620) < 210,
      spacing: 46,
      length: 70,
      thickness: 5,
    });
  const ring = `<g transform="rotate(-24 600 780)"><path d="M96 780A504 168 0 0 0 1104 780" fill="none" stroke="${ink.red}" stroke-width="26"/></g>`;
  const back = `<g transform="rotate(-24 600 780)"><path d="M96 780A504 168 0 0 1 1104 780" fill="none" stroke="${ink.red}" stroke-width="14" stroke-dasharray="30 22"/></g>`;
  const capsule = moved(
    1000,
    520,
    circle(0, 0, 74, ink.paper) +
      circle(0, 0, 56, ink.red) +
      circle(-6, -6, 28, ink.black) +
      circle(-12, -14, 9, ink.paper) +
      path('M-62 44L-104 132L-34 112L-26 70Z', ink.ochre) +
      line('M40 -62L84 -138M62 -40L138 -84', ink.paper, 8),
    1.1,
  );
  const rays =
    many(20, (i) =>
      path(
        through([
          polar(600, 1520, 300, 180 + i * 9.2),
          polar(600, 1520, 520 + (i % 2) * 40, 180 + i * 9.2 - 1.4),
          polar(600, 1520, 520 + (i % 2) * 40, 180 + i * 9.2 + 1.4),
        ]),
        ink.red,
      ),
    ) + circle(600, 1520, 290, ink.ochre);
  return { ground: ink.black, art: stars + rays + back + globe + ring + capsule };
}
