import {
  circle,
  cleared,
  far,
  ink,
  line,
  many,
  moved,
  path,
  polar,
  randomOf,
  type Motif,
} from '../linocut.ts';

/** One wave, one mountain. */
export function hokusai(): Motif {
  const claw = (x: number, y: number, angle: number, size: number) =>
    moved(
      x,
      y,
      path(
        'M0 0C18 -34 62 -48 96 -30C66 -28 52 -10 58 10C78 4 96 14 102 34C78 26 54 34 46 54C34 34 10 26 0 0Z',
        ink.paper,
      ) +
        circle(118, 8, 7, ink.paper) +
        circle(124, 44, 5, ink.paper),
      size,
      angle,
    );
  const sun = circle(755, 640, 150, ink.red);
  const mountain =
    path('M520 1130L770 870Q790 850 812 872L1075 1130Z', ink.black) +
    path(
      'M690 954L770 870Q790 850 812 872L890 948L850 934L826 972L790 926L762 975L735 936Z',
      ink.paper,
    );
  const wave = path(
    'M0 1500V520C40 330 190 190 410 190C640 190 800 300 850 450C760 380 660 372 590 420C480 496 470 690 560 850C640 985 800 1110 1010 1140L1200 1130V1500Z',
    ink.blue,
  );
  const stripes = [
    'M64 760C90 480 220 300 420 270C560 250 680 290 745 350',
    'M64 960C80 640 190 410 380 350C460 328 540 340 590 366',
    'M64 1150C100 860 190 560 360 450C410 420 460 412 505 424',
    'M90 1320C150 1120 210 760 340 580C372 540 410 512 446 500',
    'M200 1400C260 1250 270 960 360 740C378 700 398 668 416 644',
    'M330 1420C370 1330 360 1130 420 900',
    'M470 1430C500 1350 470 1210 490 1060',
  ]
    .map((d, i) => line(d, i % 2 === 0 ? ink.sky : ink.paper, 17 - i))
    .join('');
  const crest: readonly (readonly [number, number, number, number])[] = [
    [96, 470, -120, 1],
    [150, 340, -105, 1],
    [230, 256, -80, 1.05],
    [330, 206, -60, 1.05],
    [440, 186, -38, 1.1],
    [550, 196, -18, 1.1],
    [650, 226, 2, 1.15],
    [742, 282, 20, 1.2],
    [812, 356, 42, 1.25],
    [850, 446, 66, 1.25],
    [770, 392, 84, 1],
    [690, 372, 104, 0.95],
    [610, 404, 122, 0.9],
    [556, 462, 150, 0.8],
  ];
  const foam = crest.map(([x, y, angle, size]) => claw(x, y, angle, size)).join('');
  const spray = many(34, (i) => {
    const random = randomOf(`spray${i}`);
    const [x, y] = polar(700, 420, 90 + random() * 330, -50 + random() * 110);
    return circle(x + 110, y + 30, 3 + random() * 6, ink.paper);
  });
  const sea =
    path(
      'M480 1230C640 1130 760 1270 900 1200S1120 1180 1200 1210V1500H300C360 1380 400 1290 480 1230Z',
      ink.black,
    ) +
    many(5, (i) =>
      line(
        `M${430 - i * 18} ${1300 + i * 42}C620 ${1220 + i * 46} 760 ${1350 + i * 36} 920 ${1275 + i * 44}S1120 ${1260 + i * 44} 1200 ${1290 + i * 42}`,
        i % 2 === 0 ? ink.sky : ink.paper,
        8,
      ),
    );
  return {
    ground: ink.sand,
    art:
      cleared({
        name: 'hokusai',
        fill: ink.paper,
        angle: () => 0,
        keep: (x, y) => y < 1000 && far(x, y, 755, 640) > 190,
        thickness: 4,
      }) +
      sun +
      mountain +
      wave +
      stripes +
      sea +
      foam +
      spray,
  };
}
