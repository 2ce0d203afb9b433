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
  type Motif,
} from '../linocut.ts';

/** A tree whose roots are seedlings. */
export function maathai(): Motif {
  const sky =
    circle(600, 470, 330, ink.ochre) +
    many(11, (i) =>
      gouge({
        x: 600,
        y: 250 + i * 44,
        angle: 0,
        length: Math.sqrt(Math.max(0, 330 ** 2 - (i * 44 - 220) ** 2)) * 1.9,
        thickness: 3.5,
        fill: ink.red,
      }),
    );
  const canopy =
    path(
      'M150 560C180 470 260 450 320 456C340 380 440 340 520 366C580 320 680 330 730 374C820 350 900 400 910 460C980 452 1040 490 1052 560C960 600 860 580 760 590C640 604 560 584 440 596C330 604 230 600 150 560Z',
      ink.black,
    ) +
    cleared({
      name: 'canopy',
      fill: ink.moss,
      angle: (x) => (x - 600) / 14,
      keep: (x, y) => y > 400 + Math.abs(x - 600) * 0.2 && y < 576 && x > 200 && x < 1000,
      spacing: 34,
      length: 48,
      thickness: 6,
    });
  const trunk = path(
    'M566 980C580 860 540 760 400 590H440C520 660 560 700 584 730C590 680 580 640 560 590H596C612 640 616 680 612 716C650 670 700 640 760 588H806C700 690 640 780 638 980Z',
    ink.black,
  );
  const hill =
    path('M0 1010C260 930 420 960 600 962S980 930 1200 1020V1500H0Z', ink.red) +
    many(4, (i) =>
      line(
        `M64 ${1058 + i * 6}C300 ${1000 + i * 10} 860 ${1000 + i * 10} 1136 ${1064 + i * 6}`,
        ink.ochre,
        5,
        ` stroke-dasharray="${90 + i * 50} ${40 + i * 8}"`,
      ),
    );
  const seedling = (x: number, y: number, size: number) =>
    moved(
      x,
      y,
      line('M0 60V0', ink.paper, 8) +
        path('M0 6C-10 -30 -44 -50 -76 -44C-70 -12 -36 10 0 6Z', ink.moss) +
        path('M0 6C10 -30 44 -50 76 -44C70 -12 36 10 0 6Z', ink.sand) +
        line('M0 60C-6 76 -18 82 -26 92M0 60C6 76 18 82 26 92', ink.paper, 5),
      size,
    );
  const roots = [-470, -330, -190, -64, 64, 190, 330, 470]
    .map((x) => line(`M600 960C600 1040 ${600 + x} 1040 ${600 + x} 1150`, ink.black, 17))
    .join('');
  const rows = [
    [1168, 8, 134, 0.66],
    [1276, 7, 134, 0.66],
    [1378, 8, 134, 0.66],
  ]
    .map(([y = 0, count = 0, gap = 0, size = 1]) =>
      many(count, (i) => seedling(600 + (i - (count - 1) / 2) * gap, y, size)),
    )
    .join('');
  return {
    ground: ink.sand,
    art:
      cleared({
        name: 'maathai',
        fill: ink.paper,
        angle: () => 0,
        keep: (x, y) => y < 900 && far(x, y, 600, 470) > 370,
        spacing: 58,
        thickness: 4,
      }) +
      sky +
      hill +
      roots +
      canopy +
      trunk +
      rows,
  };
}
