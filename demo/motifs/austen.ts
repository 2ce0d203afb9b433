import { circle, cleared, far, ink, line, many, moved, path, type Motif } from '../linocut.ts';

/** What passes between two profiles. */
export function austen(): Motif {
  const profile =
    'M64 1700V1290C150 1240 260 1215 318 1176C340 1150 336 1104 322 1066C372 1076 424 1072 438 1036C446 1014 432 996 436 976C452 968 454 956 446 944C458 934 458 920 448 908C446 892 476 888 484 870C490 852 452 812 444 776C438 742 452 716 446 676C436 596 372 540 282 532C180 524 110 580 96 680C90 640 74 620 64 616Z';
  const bun = path('M64 610C40 560 60 500 120 492C170 486 204 520 198 566Z', ink.black);
  const curls =
    many(4, (i) => circle(404 - i * 16, 690 + i * 34, 22, ink.black)) +
    line('M120 640C200 560 330 560 420 640', ink.red, 22) +
    line('M110 690C140 620 170 600 200 590', ink.rose, 7);
  const lady = path(profile, ink.black) + bun + curls;
  const gentleman = `<g transform="translate(1200 0) scale(-1 1)">${path(profile, ink.black) + path('M64 616C90 500 190 470 290 486C390 500 450 560 452 650C420 610 392 606 372 640C352 690 346 730 320 752C296 720 270 730 276 780C240 790 190 770 160 740C120 700 90 680 64 690Z', ink.black) + path('M64 1210L300 1120L356 1150L330 1226L64 1360Z', ink.paper) + path('M64 1268L318 1196L372 1260L300 1440L64 1700Z', ink.black) + line('M96 1300L330 1216', ink.black, 7)}</g>`;
  const frill = many(6, (i) => line(`M${110 + i * 38} ${1330 - i * 22}q26 34 50 8`, ink.rose, 8));
  const rays = cleared({
    name: 'austen',
    fill: ink.paper,
    angle: (x, y) => (Math.atan2(y - 900, x - 600) * 180) / Math.PI,
    keep: (x, y) => far(x, y, 600, 900) > 120,
    spacing: 66,
    length: 78,
    thickness: 5,
  });
  const cup =
    path('M520 1250H680C680 1330 650 1366 600 1366S520 1330 520 1250Z', ink.paper) +
    line('M682 1270C730 1262 730 1326 664 1328', ink.paper, 14) +
    path('M470 1376H730Q720 1402 680 1402H520Q480 1402 470 1376Z', ink.paper) +
    line('M524 1282H676', ink.red, 9) +
    many(3, (i) => line(`M${556 + i * 44} 1224q-26 -38 0 -70t0 -66`, ink.paper, 8));
  return { ground: ink.rose, art: rays + moved(0, -130, lady + frill + gentleman) + cup };
}
