import {
  circle, cleared, far, gouge, ink, line, many, moved, path, polar, randomOf, rect, through, turned,
  type Motif,
} from './linocut.ts';

/** Every portrait by the name of its file. What each shows is told by its alternative text. */
export const motifs: Readonly<Record<string, () => Motif>> = {
  nansen, lovelace, loom, hokusai, austen, webb, noor, braille, kovalevskaya, baird, 'umm-kulthum': ummKulthum,
  goddard, grothendieck, gagarin, icrc, lehmann, 'ibn-khaldun': ibnKhaldun, goldberg, gaudi, armstrong,
  maathai, lazarus, lagerlof,
};

/** A ship held in the ice under a low sun. */
function nansen(): Motif {
  const sun = circle(600, 700, 330, ink.red);
  const sky = cleared({ name: 'nansen', fill: ink.sky, angle: () => 0, keep: (x, y) => y < 930 && far(x, y, 600, 700) > 372, thickness: 3.5 });
  const glints = many(9, (i) => gouge({ x: 600, y: 780 + i * 27, angle: 0, length: 560 - i * 34, thickness: 3 + i * 0.4, fill: ink.paper }));
  const mast = (x: number, top: number) => rect(x - 7, top, 14, 1010 - top, ink.black);
  const yard = (x: number, y: number, half: number) => rect(x - half, y - 6, half * 2, 12, ink.black) + path(`M${x - half} ${y + 4}Q${x} ${y + 34} ${x + half} ${y + 4}Z`, ink.paper);
  const rigging = [[330, 960, 420, 470], [420, 470, 600, 400], [600, 400, 770, 500], [770, 500, 905, 960], [420, 470, 500, 985], [600, 400, 520, 985], [600, 400, 690, 985], [770, 500, 700, 985], [420, 470, 370, 985], [770, 500, 850, 985], [210, 905, 420, 560], [210, 905, 420, 690]]
    .map(([a, b, c, d]) => line(`M${a} ${b}L${c} ${d}`, ink.black, 4)).join('');
  const ship = rigging + mast(420, 440) + mast(600, 370) + mast(770, 480) +
    yard(420, 560, 96) + yard(420, 680, 118) + yard(600, 500, 108) + yard(600, 630, 132) + yard(600, 770, 146) + yard(770, 600, 84) +
    line('M215 900L400 975', ink.black, 14) +
    path('M282 965Q300 1075 420 1112L810 1112Q905 1085 925 940L860 968Q600 1010 330 968Z', ink.black) +
    line('M322 1000Q600 1046 895 988', ink.paper, 7) +
    many(7, (i) => circle(410 + i * 66, 1052 + Math.sin(i) * 3, 8, ink.ochre)) +
    rect(735, 895, 120, 82, ink.black) + rect(752, 912, 26, 26, ink.ochre) + rect(802, 912, 26, 26, ink.ochre);
  const floe = (points: readonly (readonly [number, number])[], shade: readonly (readonly [number, number])[]) => path(through(points), ink.paper) + path(through(shade), ink.sky);
  const ice =
    path('M0 1010L130 960L205 1035L330 1000L410 1098L560 1060L650 1105L800 1070L880 1010L985 1045L1090 950L1200 1000V1500H0Z', ink.paper) +
    path('M130 960L205 1035L190 1120L90 1075Z M410 1098L560 1060L520 1150L430 1165Z M880 1010L985 1045L940 1130L860 1110Z M1090 950L1200 1000V1100L1110 1060Z M650 1105L800 1070L760 1160Z', ink.sky) +
    line('M0 1180L160 1150L240 1230L420 1200L520 1290L720 1230L860 1300L1040 1210L1200 1260M240 1230L180 1380L320 1500M520 1290L480 1420L560 1500M860 1300L920 1400L860 1500M420 1200L450 1165M720 1230L760 1160M1040 1210L1000 1120M160 1150L120 1080M920 1400L1200 1370M180 1380L0 1350', ink.blue, 15) +
    floe([[250, 1290], [330, 1270], [380, 1330], [300, 1370]], [[300, 1370], [380, 1330], [370, 1362], [306, 1396]]) +
    many(44, (i) => { const random = randomOf(`floe${i}`); return gouge({ x: 90 + random() * 1020, y: 1180 + random() * 240, angle: -12 + random() * 24, length: 30 + random() * 60, thickness: 3, fill: ink.sky }); });
  return { ground: ink.blue, art: sun + sky + glints + ship + ice };
}

/** Number wheels of an engine, one of them turned. */
function lovelace(): Motif {
  const wheel = (x: number, y: number, fill: string, shift: number) => {
    const teeth = many(9, (i) => {
      const turn = ((i + shift) / 9) * Math.PI;
      const half = 4 + Math.sin(turn) * 8;
      return rect(x - Math.cos(turn) * 126 - half, y - 52, half * 2, 104, ink.black, ' rx="4"');
    });
    return rect(x - 148, y - 44, 296, 88, fill, ' rx="16"') + teeth + rect(x - 112, y + 60, 224, 20, ink.sky, ' rx="9"');
  };
  const tower = (x: number, column: number) =>
    rect(x - 17, 64, 34, 1400, ink.sky) +
    many(7, (row) => {
      const chosen = column === 1 && row === 2;
      return wheel(x + (chosen ? 34 : 0), 224 + row * 172, chosen ? ink.red : (row + column) % 2 === 0 ? ink.ochre : ink.paper, ((row * 5 + column * 3) % 7) / 7);
    });
  const frame = [64, 1368].map((y) => rect(64, y, 1072, 68, ink.black) + many(13, (i) => circle(108 + i * 82, y + 34, 10, ink.ochre))).join('');
  return { ground: ink.blue, art: tower(256, 0) + tower(600, 1) + tower(944, 2) + frame };
}

/** A flower woven out of punched cards. */
function loom(): Motif {
  const card = (row: number) => {
    const y = 985 + row * 112;
    const half = 330 + row * 44;
    const random = randomOf(`card${row}`);
    return path(through([[600 - half, y], [600 + half, y], [600 + half + 26, y + 88], [600 - half - 26, y + 88]]), ink.paper) +
      many(14, (i) => many(2, (j) => (random() > 0.42 ? circle(600 - half + 44 + ((half * 2 - 88) / 13) * i, y + 26 + j * 36, 11 + row * 0.8, ink.black) : ''))) +
      line(`M${600 - half - 20} ${y + 50}V${y + 130}M${600 + half + 20} ${y + 50}V${y + 130}`, ink.ochre, 7);
  };
  const stem = line('M600 1440V480', ink.red, 17) + many(4, (i) => rect(580, 1010 + i * 112, 40, 42, ink.black) + rect(591, 1006 + i * 112, 18, 50, ink.red));
  const leaf = (y: number, side: 1 | -1, size: number) => path(`M600 ${y}C${600 + side * 120 * size} ${y - 30} ${600 + side * 260 * size} ${y - 90} ${600 + side * 330 * size} ${y - 240 * size}C${600 + side * 190 * size} ${y - 220 * size} ${600 + side * 60 * size} ${y - 150 * size} 600 ${y}Z`, ink.moss) +
    line(`M600 ${y}Q${600 + side * 160 * size} ${y - 90 * size} ${600 + side * 305 * size} ${y - 218 * size}`, ink.paper, 5) +
    many(4, (i) => line(`M${600 + side * (90 + i * 52) * size} ${y - (55 + i * 37) * size}l${side * 46 * size} ${-2 * size}`, ink.paper, 4));
  const petal = (angle: number, length: number, half: number, fill: string) => turned(angle, 600, 440, path(`M600 440C${600 - half} ${440 - length * 0.45} ${600 - half * 0.8} ${440 - length * 0.9} 600 ${440 - length}C${600 + half * 0.8} ${440 - length * 0.9} ${600 + half} ${440 - length * 0.45} 600 440Z`, fill) + gouge({ x: 600, y: 440 - length * 0.55, angle: 90, length: length * 0.6, thickness: 5, fill: ink.black }) + gouge({ x: 600 - half * 0.3, y: 440 - length * 0.5, angle: 82, length: length * 0.36, thickness: 4, fill: ink.black }) + gouge({ x: 600 + half * 0.3, y: 440 - length * 0.5, angle: 98, length: length * 0.36, thickness: 4, fill: ink.black }));
  const flower = many(10, (i) => petal(i * 36 + 18, 318, 82, ink.rose)) + many(10, (i) => petal(i * 36, 244, 66, ink.red)) + circle(600, 440, 84, ink.ochre) + many(16, (i) => { const [x, y] = polar(600, 440, 58, i * 22.5); return circle(x, y, 7, ink.black); }) + many(8, (i) => { const [x, y] = polar(600, 440, 30, i * 45); return circle(x, y, 6, ink.black); });
  return { ground: ink.black, art: cleared({ name: 'loom', fill: ink.blue, angle: () => 90, keep: (x, y) => y < 1400 && far(x, y, 600, 440) > 350, spacing: 42, thickness: 4 }) + many(4, card) + leaf(930, 1, 1) + leaf(930, -1, 1) + leaf(820, 1, 0.55) + leaf(820, -1, 0.55) + stem + flower };
}

/** One wave, one mountain. */
function hokusai(): Motif {
  const claw = (x: number, y: number, angle: number, size: number) => moved(x, y, path('M0 0C18 -34 62 -48 96 -30C66 -28 52 -10 58 10C78 4 96 14 102 34C78 26 54 34 46 54C34 34 10 26 0 0Z', ink.paper) + circle(118, 8, 7, ink.paper) + circle(124, 44, 5, ink.paper), size, angle);
  const sun = circle(755, 640, 150, ink.red);
  const mountain = path('M520 1130L770 870Q790 850 812 872L1075 1130Z', ink.black) + path('M690 954L770 870Q790 850 812 872L890 948L850 934L826 972L790 926L762 975L735 936Z', ink.paper);
  const wave = path('M0 1500V520C40 330 190 190 410 190C640 190 800 300 850 450C760 380 660 372 590 420C480 496 470 690 560 850C640 985 800 1110 1010 1140L1200 1130V1500Z', ink.blue);
  const stripes = [
    'M64 760C90 480 220 300 420 270C560 250 680 290 745 350', 'M64 960C80 640 190 410 380 350C460 328 540 340 590 366',
    'M64 1150C100 860 190 560 360 450C410 420 460 412 505 424', 'M90 1320C150 1120 210 760 340 580C372 540 410 512 446 500',
    'M200 1400C260 1250 270 960 360 740C378 700 398 668 416 644', 'M330 1420C370 1330 360 1130 420 900', 'M470 1430C500 1350 470 1210 490 1060',
  ].map((d, i) => line(d, i % 2 === 0 ? ink.sky : ink.paper, 17 - i)).join('');
  const crest: readonly (readonly [number, number, number, number])[] = [[96, 470, -120, 1], [150, 340, -105, 1], [230, 256, -80, 1.05], [330, 206, -60, 1.05], [440, 186, -38, 1.1], [550, 196, -18, 1.1], [650, 226, 2, 1.15], [742, 282, 20, 1.2], [812, 356, 42, 1.25], [850, 446, 66, 1.25], [770, 392, 84, 1], [690, 372, 104, 0.95], [610, 404, 122, 0.9], [556, 462, 150, 0.8]];
  const foam = crest.map(([x, y, angle, size]) => claw(x, y, angle, size)).join('');
  const spray = many(34, (i) => { const random = randomOf(`spray${i}`); const [x, y] = polar(700, 420, 90 + random() * 330, -50 + random() * 110); return circle(x + 110, y + 30, 3 + random() * 6, ink.paper); });
  const sea = path('M480 1230C640 1130 760 1270 900 1200S1120 1180 1200 1210V1500H300C360 1380 400 1290 480 1230Z', ink.black) + many(5, (i) => line(`M${430 - i * 18} ${1300 + i * 42}C${620} ${1220 + i * 46} ${760} ${1350 + i * 36} ${920} ${1275 + i * 44}S1120 ${1260 + i * 44} 1200 ${1290 + i * 42}`, i % 2 === 0 ? ink.sky : ink.paper, 8));
  return { ground: ink.sand, art: cleared({ name: 'hokusai', fill: ink.paper, angle: () => 0, keep: (x, y) => y < 1000 && far(x, y, 755, 640) > 190, thickness: 4 }) + sun + mountain + wave + stripes + sea + foam + spray };
}

/** What passes between two profiles. */
function austen(): Motif {
  const profile = 'M64 1700V1290C150 1240 260 1215 318 1176C340 1150 336 1104 322 1066C372 1076 424 1072 438 1036C446 1014 432 996 436 976C452 968 454 956 446 944C458 934 458 920 448 908C446 892 476 888 484 870C490 852 452 812 444 776C438 742 452 716 446 676C436 596 372 540 282 532C180 524 110 580 96 680C90 640 74 620 64 616Z';
  const bun = path('M64 610C40 560 60 500 120 492C170 486 204 520 198 566Z', ink.black);
  const curls = many(4, (i) => circle(404 - i * 16, 690 + i * 34, 22, ink.black)) + line('M120 640C200 560 330 560 420 640', ink.red, 22) + line('M110 690C140 620 170 600 200 590', ink.rose, 7);
  const lady = path(profile, ink.black) + bun + curls;
  const gentleman = `<g transform="translate(1200 0) scale(-1 1)">${path(profile, ink.black) + path('M64 616C90 500 190 470 290 486C390 500 450 560 452 650C420 610 392 606 372 640C352 690 346 730 320 752C296 720 270 730 276 780C240 790 190 770 160 740C120 700 90 680 64 690Z', ink.black) + path('M64 1210L300 1120L356 1150L330 1226L64 1360Z', ink.paper) + path('M64 1268L318 1196L372 1260L300 1440L64 1700Z', ink.black) + line('M96 1300L330 1216', ink.black, 7)}</g>`;
  const frill = many(6, (i) => line(`M${110 + i * 38} ${1330 - i * 22}q26 34 50 8`, ink.rose, 8));
  const rays = cleared({ name: 'austen', fill: ink.paper, angle: (x, y) => (Math.atan2(y - 900, x - 600) * 180) / Math.PI, keep: (x, y) => far(x, y, 600, 900) > 120, spacing: 48, length: 64, thickness: 4 });
  const cup = path('M520 1250H680C680 1330 650 1366 600 1366S520 1330 520 1250Z', ink.paper) + line('M682 1270C730 1262 730 1326 664 1328', ink.paper, 14) + path('M470 1376H730Q720 1402 680 1402H520Q480 1402 470 1376Z', ink.paper) + line('M524 1282H676', ink.red, 9) + many(3, (i) => line(`M${556 + i * 44} 1224q-26 -38 0 -70t0 -66`, ink.paper, 8));
  return { ground: ink.rose, art: rays + moved(0, -130, lady + frill + gentleman) + cup };
}

/** Eighteen golden mirrors. */
function webb(): Motif {
  const size = 128;
  const hexagon = (x: number, y: number, index: number) => {
    const corner = (i: number) => polar(x, y, size - 7, i * 60);
    const facets = [ink.ochre, ink.sand, ink.ochre, '#b97f22', '#b97f22', ink.ochre];
    return many(6, (i) => path(through([[x, y], corner(i), corner(i + 1)]), facets[(i + index) % 6] ?? ink.ochre)) + circle(x, y, 15, ink.black);
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
  const star = (x: number, y: number, r: number, fill: string) => many(3, (i) => gouge({ x, y, angle: 30 + i * 60, length: r * 2, thickness: r * 0.1, fill })) + gouge({ x, y, angle: 0, length: r * 1.1, thickness: r * 0.06, fill }) + circle(x, y, r * 0.16, fill);
  const stars = [[170, 210, 74], [1010, 170, 52], [1050, 480, 30], [150, 560, 26], [330, 130, 24], [760, 130, 20], [1050, 1010, 62], [140, 1000, 40], [230, 1150, 18]]
    .map(([x = 0, y = 0, r = 0], i) => star(x, y, r, i % 4 === 2 ? ink.red : ink.paper)).join('');
  const shield = many(5, (i) => path(`M${150 + i * 22} ${1200 + i * 40}L600 ${1108 + i * 46}L${1050 - i * 22} ${1200 + i * 40}L600 ${1276 + i * 33}Z`, [ink.rose, ink.red, ink.rose, ink.red, ink.rose][i] ?? ink.rose, ` stroke="${ink.black}" stroke-width="9"`));
  const secondary = line('M600 690L330 1130M600 690L870 1130M600 690V240', ink.black, 13) + circle(600, 690, 54, ink.black) + circle(600, 690, 40, ink.ochre) + circle(600, 690, 14, ink.black);
  const dust = cleared({ name: 'webb', fill: ink.blue, angle: (x, y) => (Math.atan2(y - 690, x - 600) * 180) / Math.PI + 90, keep: (x, y) => far(x, y, 600, 690) > 620 || y < 130, spacing: 44, thickness: 3.5 });
  return { ground: ink.black, art: dust + stars + shield + mirror + secondary };
}

/** A suitcase that sends birds over the roofs. */
function noor(): Motif {
  const bird = (x: number, y: number, angle: number, size: number, fill: string) => moved(x, y, path('M0 0C-20 -46 -66 -62 -104 -48C-74 -40 -52 -14 -44 12C-64 14 -84 26 -92 42C-58 44 -22 40 0 20C22 40 58 44 92 42C84 26 64 14 44 12C52 -14 74 -40 104 -48C66 -62 20 -46 0 0Z', fill), size, angle);
  const rings = many(6, (i) => { const r = 130 + i * 92; return `<path d="M${polar(600, 640, r, -158).join(' ')}A${r} ${r} 0 0 1 ${polar(600, 640, r, -22).join(' ')}" fill="none" stroke="${i % 2 === 0 ? ink.ochre : ink.paper}" stroke-width="${13 - i}" stroke-dasharray="${i % 2 === 0 ? '86 26 22 26' : '24 24 24 24 90 24'}" stroke-linecap="round"/>`; });
  const birds = many(5, (i) => { const [x, y] = polar(600, 640, 500 + (i % 2) * 46, -150 + i * 30); return bird(x, y, -60 + i * 30, i === 2 ? 1.15 : 0.86, i === 2 ? ink.red : ink.paper); });
  const roof = (x: number, w: number, y: number, fill: string) => path(`M${x} 1500V${y}L${x + w * 0.14} ${y - 96}H${x + w * 0.86}L${x + w} ${y}V1500Z`, fill) + rect(x, y, w, 12, ink.paper) + rect(x + w * 0.62, y - 190, 54, 110, fill) + many(3, (i) => rect(x + w * 0.62 + 4 + i * 17, y - 216, 11, 30, ink.red)) +
    many(2, (i) => rect(x + w * (0.22 + i * 0.36), y + 58, w * 0.17, 104, i === 0 ? ink.ochre : ink.sky) + rect(x + w * (0.22 + i * 0.36) + w * 0.08, y + 58, 6, 104, fill)) + many(7, (i) => gouge({ x: x + w * (0.16 + i * 0.11), y: y - 48, angle: 84 + i * 2, length: 66, thickness: 3, fill: ink.sky }));
  const roofs = roof(30, 380, 1190, ink.black) + roof(800, 400, 1160, ink.black) + roof(380, 440, 1270, ink.black);
  const suitcase = path('M372 1010H828V1150Q828 1168 810 1168H390Q372 1168 372 1150Z', ink.red) + path('M372 1010L318 830Q314 814 330 812H870Q886 814 882 830L828 1010Z', ink.rose) + path('M398 984L358 850H842L802 984Z', ink.black) +
    many(3, (i) => circle(470 + i * 130, 916, 40 - (i % 2) * 6, ink.paper) + line(`M${470 + i * 130} 916l${[18, -4, -20][i]} ${[-22, -26, -16][i]}`, ink.black, 7)) + rect(555, 1052, 90, 26, ink.black, ' rx="12"') + rect(372, 1004, 456, 14, ink.black) + many(2, (i) => rect(436 + i * 300, 1040, 30, 62, ink.ochre));
  const aerial = line('M600 830V640', ink.paper, 11) + circle(600, 632, 22, ink.red);
  return { ground: ink.teal, art: cleared({ name: 'noor', fill: ink.black, angle: (x, y) => (Math.atan2(y - 640, x - 600) * 180) / Math.PI + 90, keep: (x, y) => y < 1250 && far(x, y, 600, 640) > 80, spacing: 54, thickness: 4 }) + rings + birds + roofs + suitcase + aerial };
}

/** A hand over six dots. */
function braille(): Motif {
  const cells: Readonly<Record<string, readonly number[]>> = { b: [1, 2], r: [1, 2, 3, 5], a: [1], i: [2, 4], l: [1, 2, 3], e: [1, 5], o: [1, 3, 5], u: [1, 3, 6], s: [2, 3, 4] };
  const word = (text: string, y: number, gold: readonly number[]) => [...text].map((letter, at) => many(6, (dot) => {
    const x = 195 + at * 137 + (dot > 2 ? 54 : 0);
    const raised = (cells[letter] ?? []).includes(dot + 1);
    const top = y + (dot % 3) * 58;
    return raised ? circle(x + 5, top + 6, 24, ink.black) + circle(x, top, 23, gold.includes(at) ? ink.ochre : ink.paper) + gouge({ x: x - 6, y: top - 9, angle: -30, length: 18, thickness: 3, fill: ink.red }) : circle(x, top, 5, ink.black);
  })).join('');
  const finger = (x: number, tip: number, half: number, lean: number) => turned(lean, x, 1150, path(`M${x - half} 1260V${tip + half}A${half} ${half} 0 0 1 ${x + half} ${tip + half}V1260Z`, ink.black) + many(3, (i) => line(`M${x - half * 0.6} ${tip + 190 + i * 16}q${half * 0.6} 12 ${half * 1.2} 0`, ink.rose, 4)) + many(2, (i) => line(`M${x - half * 0.5} ${tip + 64 + i * 16}q${half * 0.5} -14 ${half} 0`, ink.rose, 4)));
  const hand = path('M352 1500C330 1380 330 1260 352 1150L800 1130C880 1190 850 1340 850 1500Z', ink.black) + path('M800 1180C850 1120 900 1030 950 990C1000 956 1046 1000 1020 1050C980 1130 920 1290 840 1390Z', ink.black) +
    finger(404, 890, 54, -8) + finger(530, 800, 57, -2) + finger(656, 790, 57, 3) + finger(776, 860, 53, 8) +
    many(16, (i) => { const random = randomOf(`palm${i}`); return gouge({ x: 420 + random() * 380, y: 1250 + random() * 190, angle: -70 + random() * 30, length: 50 + random() * 50, thickness: 3.5, fill: ink.rose }); });
  return { ground: ink.red, art: cleared({ name: 'braille', fill: ink.rose, angle: () => 0, keep: (_x, y) => y > 64, spacing: 58, length: 44, thickness: 3 }) + word('louis', 190, []) + word('braille', 460, []) + word('braille', 730, [2, 3, 4]) + hand };
}

/** A leaning top, and the loops its axis draws. */
function kovalevskaya(): Motif {
  const rosette = (scale: number, colour: string, thickness: number) => {
    const points = Array.from({ length: 541 }, (_, i) => {
      const turn = (i / 540) * Math.PI * 2;
      const r = scale * (300 + 130 * Math.cos(turn * 9));
      const swing = turn + 0.34 * Math.sin(turn * 9);
      return [600 + r * Math.cos(swing), 520 + r * 0.86 * Math.sin(swing)] as const;
    });
    return line(through(points), colour, thickness);
  };
  const halo = circle(600, 520, 432, ink.teal) + rosette(1, ink.paper, 15) + rosette(0.72, ink.ochre, 12) + rosette(0.44, ink.rose, 10);
  const top = turned(17, 560, 1300,
    rect(547, 560, 26, 330, ink.black) + circle(560, 552, 26, ink.red) +
    path('M300 960C300 900 430 876 560 876S820 900 820 960C820 1040 660 1130 590 1262L560 1312L530 1262C460 1130 300 1040 300 960Z', ink.red) +
    `<ellipse cx="560" cy="950" rx="260" ry="66" fill="${ink.ochre}"/><ellipse cx="560" cy="946" rx="176" ry="40" fill="${ink.black}"/><ellipse cx="560" cy="942" rx="84" ry="18" fill="${ink.paper}"/>` +
    line('M336 1034Q560 1128 784 1034', ink.black, 15) + line('M410 1108Q560 1172 712 1108', ink.paper, 11) + line('M470 1180Q560 1216 652 1180', ink.ochre, 9) +
    many(6, (i) => gouge({ x: 360 + i * 16, y: 1000 + i * 30, angle: 50, length: 60, thickness: 4, fill: ink.rose })));
  const floor = many(6, (i) => `<ellipse cx="565" cy="1330" rx="${90 + i * 92}" ry="${16 + i * 17}" fill="none" stroke="${i % 2 === 0 ? ink.sky : ink.teal}" stroke-width="${9 - i}" stroke-dasharray="${60 + i * 60} ${22 + i * 4}"/>`);
  return { ground: ink.black, art: cleared({ name: 'kovalevskaya', fill: ink.teal, angle: (x, y) => (Math.atan2(y - 520, x - 600) * 180) / Math.PI + 90, keep: (x, y) => far(x, y, 600, 520) > 470 && y < 1200, spacing: 56, thickness: 4 }) + halo + floor + top };
}

/** A disc of thirty holes and a face in lines. */
function baird(): Motif {
  const [cx, cy] = [600, 590];
  const disc = circle(cx, cy, 480, ink.black) + circle(cx, cy, 462, 'none', ` stroke="${ink.ochre}" stroke-width="5"`) +
    many(30, (i) => { const [x, y] = polar(cx, cy, 430 - i * 8.2, i * 12 + 90); return circle(x, y, 15 - i * 0.16, i === 0 ? ink.ochre : ink.paper); }) +
    many(8, (i) => { const [x, y] = polar(cx, cy, 112, i * 45); return circle(x, y, 24, ink.red); }) + circle(cx, cy, 60, ink.ochre) + circle(cx, cy, 20, ink.black) +
    many(48, (i) => { const [x, y] = polar(cx, cy, 160 + (i % 3) * 9, i * 7.5); return gouge({ x, y, angle: i * 7.5 + 90, length: 34, thickness: 3, fill: ink.blue }); });
  const beam = path('M600 1020L420 1120H780Z', ink.ochre);
  const face = (x: number, y: number) => {
    const [u, v] = [(x - 600) / 120, (y - 1252) / 150];
    if (u * u + v * v > 1) return 0.12;
    if (Math.hypot((u - 0.4) / 1.3, v + 0.2) < 0.15 || Math.hypot((u + 0.4) / 1.3, v + 0.2) < 0.15) return 0.1;
    if (Math.abs(v - 0.48) < 0.09 && Math.abs(u) < 0.4) return 0.16;
    if (v < -0.55 + u * 0.16) return 0.14;
    if (Math.abs(u - 0.02) < 0.09 && v > -0.15 && v < 0.22) return 0.5;
    return u < -0.55 ? 0.62 : 0.95;
  };
  const picture = rect(420, 1090, 360, 324, ink.black, ' rx="18"') + many(15, (row) => {
    const y = 1108 + row * 20.6;
    let upper = '';
    let lower = '';
    for (let x = 438; x <= 762; x += 12) { const half = face(x, y) * 9; upper += `L${x} ${(y - half).toFixed(1)}`; lower = `L${x} ${(y + half).toFixed(1)}${lower}`; }
    return path(`M438 ${y}${upper}${lower}Z`, ink.sand);
  });
  return { ground: ink.red, art: cleared({ name: 'baird', fill: ink.rose, angle: (x, y) => (Math.atan2(y - cy, x - cx) * 180) / Math.PI + 90, keep: (x, y) => far(x, y, cx, cy) > 510 && !(x > 380 && x < 820 && y > 1050), spacing: 52, thickness: 4 }) + disc + beam + picture };
}

/** A star over a microphone, and a desert that listens. */
function ummKulthum(): Motif {
  const arcs = many(9, (i) => `<circle cx="600" cy="520" r="${190 + i * 74}" fill="none" stroke="${[ink.ochre, ink.rose, ink.sand][i % 3]}" stroke-width="${17 - i}" stroke-dasharray="${40 + i * 26} ${16 + i * 2}"/>`);
  const star = many(2, (i) => turned(i * 45, 600, 520, rect(505, 425, 190, 190, ink.ochre))) + circle(600, 520, 96, ink.black) + many(2, (i) => turned(i * 45 + 22.5, 600, 520, rect(548, 468, 104, 104, ink.paper))) + circle(600, 520, 30, ink.red);
  const dunes = path('M0 1110C200 1010 340 1090 520 1130S900 1050 1200 1120V1500H0Z', ink.red) + path('M0 1230C180 1190 330 1130 560 1210S960 1290 1200 1190V1500H0Z', ink.rose) + path('M0 1340C260 1260 420 1320 640 1350S1000 1390 1200 1310V1500H0Z', ink.sand) +
    many(16, (i) => { const random = randomOf(`dune${i}`); const x = 90 + random() * 1020; return gouge({ x, y: 1160 + (i % 3) * 112 + random() * 16, angle: -5 + random() * 10, length: 90 + random() * 70, thickness: 4, fill: ink.black }); });
  const microphone = rect(586, 860, 28, 420, ink.black) + path('M470 1290H730L760 1340H440Z', ink.black) + line('M452 760C452 960 748 960 748 760', ink.black, 24) +
    rect(490, 640, 220, 280, ink.black, ' rx="104"') + rect(504, 654, 192, 252, ink.sky, ' rx="92"') + many(6, (i) => rect(506, 686 + i * 33, 188, 12, ink.black)) + rect(590, 654, 20, 252, ink.black) + rect(504, 764, 192, 34, ink.ochre);
  const people = many(23, (i) => { const x = 76 + i * 49; const y = 1392 + Math.sin(i * 1.7) * 12; return circle(x, y, 22, ink.black) + path(`M${x - 38} 1460Q${x} ${y + 6} ${x + 38} 1460Z`, ink.black); });
  return { ground: ink.blue, art: arcs + dunes + microphone + star + people };
}

/** A rocket over the cabbages. */
function goddard(): Motif {
  const cabbage = (x: number, y: number, r: number) => many(7, (i) => { const [px, py] = polar(x, y, r * 0.62, i * 51.4 + 20); return circle(px, py, r * 0.56, i % 2 === 0 ? ink.moss : ink.teal); }) +
    circle(x, y, r * 0.72, ink.moss) + many(3, (i) => line(`M${x - r * (0.6 - i * 0.16)} ${y + r * 0.2}Q${x - r * 0.2} ${y - r * (0.9 - i * 0.2)} ${x + r * (0.56 - i * 0.16)} ${y - r * 0.05}`, i % 2 === 0 ? ink.sand : ink.black, 5)) + line(`M${x} ${y + r * 0.62}V${y - r * 0.2}M${x} ${y + r * 0.3}L${x + r * 0.32} ${y}M${x} ${y + r * 0.3}L${x - r * 0.32} ${y}`, ink.sand, 5);
  const field = path('M0 1090Q600 1030 1200 1090V1500H0Z', ink.black) + [[1100, 50, 11], [1182, 68, 8], [1290, 92, 7], [1428, 118, 5]].map(([y = 0, r = 0, count = 0]) => many(count, (i) => cabbage(64 + (1072 / (count - 1)) * i, y, r))).join('');
  const hill = path('M0 1085C160 960 300 1010 460 1040S840 930 1200 1040V1110H0Z', ink.teal) + path('M880 985V905L930 866L980 905V975Z', ink.red) + path('M866 912L930 856L994 912', 'none', ` stroke="${ink.paper}" stroke-width="12"`) + rect(918, 925, 24, 42, ink.ochre);
  const frame = path('M190 1110L236 790M300 1110L254 790', 'none', ` stroke="${ink.black}" stroke-width="12"`) + many(5, (i) => line(`M${196 + i * 9} ${1070 - i * 62}H${294 - i * 9}M${196 + i * 9} ${1070 - i * 62}L${286 - i * 9} ${1016 - i * 62}`, ink.black, 7));
  const arc = line('M245 780C330 330 470 210 620 214C800 220 960 560 1000 1075', ink.paper, 22, ' stroke-dasharray="66 22"') + line('M245 780C330 330 470 210 620 214', ink.paper, 22);
  const rocket = moved(640, 214, line('M-96 -36H96M-96 36H96', ink.black, 12) + rect(-134, -32, 64, 64, ink.black, ' rx="12"') + rect(84, -34, 90, 68, ink.red, ' rx="24"') + path('M174 -34Q240 -20 246 0Q240 20 174 34Z', ink.red) + path('M-134 -26L-330 -70L-240 -22L-390 0L-240 22L-330 70L-134 26Z', ink.ochre), 0.82, 4);
  const sun = circle(600, 600, 250, ink.sand) + many(24, (i) => { const [x, y] = polar(600, 600, 318, i * 15); return gouge({ x, y, angle: i * 15, length: i % 2 === 0 ? 96 : 60, thickness: 7, fill: ink.sand }); });
  return { ground: ink.rose, art: cleared({ name: 'goddard', fill: ink.sand, angle: () => -4, keep: (x, y) => y < 960 && far(x, y, 600, 600) > 400, spacing: 62, thickness: 4 }) + sun + hill + frame + field + arc + rocket };
}

/** A walnut that the sea opens. */
function grothendieck(): Motif {
  const sun = circle(600, 400, 190, ink.sand) + many(3, (i) => circle(600, 400, 236 + i * 52, 'none', ` stroke="${ink.sand}" stroke-width="${12 - i * 3}" stroke-dasharray="${70 + i * 40} 26"`));
  const shell = path('M600 560C760 560 884 690 884 860S760 1150 600 1150S316 1030 316 860S440 560 600 560Z', ink.ochre);
  const half = (side: 1 | -1) => {
    const at = (x: number) => 600 + side * x;
    return line(`M${at(60)} 616C${at(170)} 640 ${at(130)} 720 ${at(210)} 740S${at(160)} 830 ${at(236)} 870S${at(150)} 960 ${at(196)} 1000S${at(90)} 1060 ${at(64)} 1096`, ink.black, 14) +
      line(`M${at(70)} 720C${at(120)} 740 ${at(84)} 810 ${at(140)} 840S${at(80)} 930 ${at(120)} 970`, ink.black, 11) + line(`M${at(262)} 790C${at(276)} 850 ${at(270)} 910 ${at(240)} 960`, ink.paper, 9) + line(`M${at(120)} 600C${at(190)} 622 ${at(240)} 680 ${at(258)} 730`, ink.paper, 9);
  };
  const seam = path('M600 556C622 700 640 780 628 900S612 1080 600 1154C588 1080 560 1000 572 900S578 700 600 556Z', ink.black) + path('M600 640C610 760 618 800 612 890S606 1010 600 1060C594 1010 584 960 588 890S590 760 600 640Z', ink.rose);
  const nut = shell + half(1) + half(-1) + seam;
  const sea = [[905, ink.blue], [985, ink.teal], [1070, ink.blue], [1150, ink.black], [1240, ink.blue], [1330, ink.black]].map(([y = 0, fill], i) => {
    const top = Number(y);
    const wave = `M0 ${top}` + many(10, (k) => `q60 ${(k + i) % 2 === 0 ? -26 : 22} 120 0`);
    return i === 0 ? path(`M0 ${top}H340C360 ${top + 30} 400 ${top + 46} 440 ${top + 66}H760C800 ${top + 46} 840 ${top + 30} 860 ${top}H1200V1500H0Z`, String(fill)) + line(`M80 ${top + 26}H300M900 ${top + 26}H1120M140 ${top + 56}H360M840 ${top + 56}H1060`, ink.sky, 8) : path(`${wave}V1500H0Z`, String(fill)) + line(`M0 ${top + 24}` + many(10, (k) => `q60 ${(k + i) % 2 === 0 ? -26 : 22} 120 0`), i % 2 === 0 ? ink.sky : ink.sand, 7, ` stroke-dasharray="${130 + i * 30} ${60 + i * 24}"`);
  }).join('');
  return { ground: ink.rose, art: cleared({ name: 'grothendieck', fill: ink.paper, angle: () => 0, keep: (x, y) => y < 890 && far(x, y, 600, 400) > 390, spacing: 60, thickness: 3.5 }) + sun + nut + sea };
}

/** Once round. */
function gagarin(): Motif {
  const stars = many(64, (i) => { const random = randomOf(`star${i}`); const [x, y] = [80 + random() * 1040, 80 + random() * 1340]; return far(x, y, 600, 780) < 400 ? '' : random() > 0.8 ? many(2, (k) => gouge({ x, y, angle: k * 90, length: 44, thickness: 5, fill: ink.paper })) : circle(x, y, 2.5 + random() * 4, ink.paper); });
  const globe = circle(600, 780, 350, ink.blue) +
    path('M380 530C440 470 560 440 640 470C700 492 690 540 640 560C690 590 760 560 800 600C850 650 830 700 770 700C720 700 700 740 650 730C600 720 560 760 500 740C430 716 340 640 380 530Z', ink.moss) +
    path('M560 800C640 780 730 810 760 870C780 940 720 980 690 1050C670 1100 620 1080 610 1020C600 960 530 940 520 880C514 836 530 808 560 800Z', ink.moss) + path('M300 800C340 770 400 800 396 850C390 900 340 920 312 900C284 880 276 820 300 800Z', ink.moss) + path('M840 780C890 770 920 800 910 850C880 890 830 850 840 780Z', ink.moss) +
    many(15, (i) => { const half = Math.sqrt(Math.max(0, 340 * 340 - (i * 46 - 322) ** 2)); return gouge({ x: 600 + half * 0.42, y: 458 + i * 46, angle: -4, length: half * 0.9, thickness: 5, fill: i % 3 === 0 ? ink.paper : ink.sky }); }) +
    path('M600 430A350 350 0 0 0 600 1130A430 430 0 0 1 600 430Z', ink.black, ' opacity="1"');
  const ring = `<g transform="rotate(-24 600 780)"><path d="M96 780A504 168 0 0 0 1104 780" fill="none" stroke="${ink.red}" stroke-width="26"/></g>`;
  const back = `<g transform="rotate(-24 600 780)"><path d="M96 780A504 168 0 0 1 1104 780" fill="none" stroke="${ink.red}" stroke-width="16" stroke-dasharray="30 18"/></g>`;
  const capsule = moved(1010, 470, circle(0, 0, 74, ink.paper) + circle(0, 0, 56, ink.red) + circle(-6, -6, 28, ink.black) + circle(-12, -14, 9, ink.paper) + path('M-62 44L-104 132L-34 112L-26 70Z', ink.ochre) + line('M40 -62L84 -138M62 -40L138 -84', ink.paper, 8), 1.1);
  const rays = many(20, (i) => path(through([polar(600, 1520, 300, 180 + i * 9.2), polar(600, 1520, 520 + (i % 2) * 40, 180 + i * 9.2 - 1.4), polar(600, 1520, 520 + (i % 2) * 40, 180 + i * 9.2 + 1.4)]), ink.red)) + circle(600, 1520, 290, ink.ochre);
  return { ground: ink.black, art: stars + rays + back + globe + ring + capsule };
}

/** One card out of seven million. */
function icrc(): Motif {
  const rows = many(13, (i) => {
    const depth = i / 12;
    const y = 470 + depth ** 1.55 * 900;
    const half = 210 + depth ** 1.3 * 420;
    const tall = 60 + depth * 150;
    const lifted = i === 7;
    const tabs = many(5, (k) => rect(600 - half + half * 2 * (0.06 + k * 0.19 + ((i * 7) % 5) * 0.006), y - tall - 16 - depth * 12, half * 0.2, 30 + depth * 14, (k + i) % 5 === 0 ? ink.red : (k + i) % 3 === 0 ? ink.ochre : ink.paper, ' rx="5"'));
    const sheet = rect(600 - half, y - tall, half * 2, tall + 90, i % 2 === 0 ? ink.paper : ink.sand) + line(`M${600 - half} ${y - tall}H${600 + half}`, ink.black, 5 + depth * 3);
    return (lifted ? card(y - tall - 330) : '') + tabs + sheet;
  });
  function card(y: number): string {
    return turned(-5, 600, y, rect(374, y + 14, 470, 460, ink.black) + rect(360, y, 470, 460, ink.paper) + rect(360, y, 470, 74, ink.red) + rect(392, y + 24, 210, 26, ink.paper) +
      many(5, (i) => rect(392, y + 112 + i * 50, [330, 400, 250, 370, 180][i] ?? 0, 16, i === 0 ? ink.black : ink.blue)) + circle(772, y + 37, 17, ink.paper));
  }
  const wall = many(9, (row) => many(8, (column) => { const [x, y] = [84 + column * 131, 84 + row * 74]; return rect(x, y, 118, 62, ink.teal, ' rx="4"') + rect(x + 40, y + 14, 38, 14, ink.sand) + circle(x + 59, y + 44, 6, ink.ochre); }));
  const light = path('M600 64L250 1000H950Z', ink.ochre, ' opacity="0"');
  return { ground: ink.black, art: wall + light + rows };
}

/** The Earth cut through, and the waves that came out where they should not. */
function lehmann(): Motif {
  const [cx, cy] = [600, 760];
  const rings = circle(cx, cy, 500, ink.black) + circle(cx, cy, 482, ink.red) + circle(cx, cy, 272, ink.ochre) + circle(cx, cy, 98, ink.paper) +
    cleared({ name: 'mantle', fill: ink.rose, angle: (x, y) => (Math.atan2(y - cy, x - cx) * 180) / Math.PI + 90, keep: (x, y) => far(x, y, cx, cy) > 300 && far(x, y, cx, cy) < 462, spacing: 40, length: 62, thickness: 4 }) +
    cleared({ name: 'core', fill: ink.red, angle: (x, y) => (Math.atan2(y - cy, x - cx) * 180) / Math.PI, keep: (x, y) => far(x, y, cx, cy) > 130 && far(x, y, cx, cy) < 256, spacing: 36, length: 26, thickness: 3 }) + circle(cx, cy, 104, 'none', ` stroke="${ink.black}" stroke-width="12"`) + circle(cx, cy, 272, 'none', ` stroke="${ink.black}" stroke-width="9"`);
  const quake: readonly [number, number] = [600, 278];
  const bend = [22, 40, 60, 82, 100].flatMap((angle) => [1, -1].map((side) => { const [x, y] = polar(cx, cy, 482, -90 + side * angle); const [mx, my] = polar(cx, cy, 482 - angle * 2.3, -90 + (side * angle) / 2); return line(`M${quake.join(' ')}Q${mx} ${my} ${x} ${y}`, ink.paper, 8); })).join('');
  const through2 = [1, -1].map((side) => { const into = polar(cx, cy, 272, -90 + side * 34); const out = polar(cx, cy, 272, -90 + side * 138); const end = polar(cx, cy, 482, -90 + side * 158); return line(`M${quake.join(' ')}Q${600 + side * 96} 400 ${into.join(' ')}Q${600 + side * 190} 760 ${out.join(' ')}Q${end[0] + side * 30} ${end[1] - 120} ${end.join(' ')}`, ink.paper, 8); }).join('');
  const bounce = [1, -1].map((side) => { const touch = polar(cx, cy, 104, -90 + side * 48); const end = polar(cx, cy, 482, -90 + side * 122); return line(`M${quake.join(' ')}Q${600 + side * 24} 520 ${touch.join(' ')}Q${600 + side * 200} 800 ${end.join(' ')}`, ink.black, 12) + circle(end[0], end[1], 24, ink.paper) + circle(end[0], end[1], 12, ink.black) + circle(touch[0], touch[1], 13, ink.black); }).join('');
  const burst = many(12, (i) => { const [x, y] = polar(quake[0], quake[1], 62, i * 30); return gouge({ x, y, angle: i * 30, length: 78, thickness: 8, fill: ink.paper }); }) + circle(quake[0], quake[1], 26, ink.black) + circle(quake[0], quake[1], 14, ink.ochre);
  const trace = line('M90 1350H240l14 -20 16 44 20 -76 22 118 20 -90 18 44 14 -20H520l12 -16 14 30 16 -24 12 10H760l14 -30 18 70 20 -110 24 150 22 -124 18 66 14 -22H1110', ink.black, 9);
  return { ground: ink.sky, art: cleared({ name: 'lehmann', fill: ink.paper, angle: () => 0, keep: (x, y) => far(x, y, cx, cy) > 540 && y < 1240, spacing: 62, thickness: 3.5 }) + rings + bend + through2 + bounce + burst + trace };
}

/** Four cities on four dunes. */
function ibnKhaldun(): Motif {
  const dome = (x: number, y: number, r: number, fill: string) => path(`M${x - r} ${y}C${x - r} ${y - r * 0.9} ${x - r * 0.5} ${y - r * 1.3} ${x} ${y - r * 1.7}C${x + r * 0.5} ${y - r * 1.3} ${x + r} ${y - r * 0.9} ${x + r} ${y}Z`, fill) + line(`M${x} ${y - r * 1.7}v${-r * 0.45}`, ink.black, 6);
  const arch = (x: number, y: number, half: number, tall: number, fill: string) => path(`M${x - half} ${y}V${y - tall}C${x - half} ${y - tall - half * 1.3} ${x} ${y - tall - half * 1.9} ${x} ${y - tall - half * 1.9}S${x + half} ${y - tall - half * 1.3} ${x + half} ${y - tall}V${y}Z`, fill);
  const tower = (x: number, y: number, w: number, h: number) => rect(x - w / 2, y - h, w, h, ink.paper) + rect(x - w * 0.66, y - h - 14, w * 1.32, 18, ink.black) + rect(x - w * 0.32, y - h - 60, w * 0.64, 48, ink.paper) + path(`M${x - w * 0.4} ${y - h - 58}L${x} ${y - h - 96}L${x + w * 0.4} ${y - h - 58}Z`, ink.red) + many(Math.floor(h / 64), (i) => arch(x, y - h + 66 + i * 62, w * 0.14, 16, ink.black));
  const city = (x: number, y: number, size: number, parts: number) => {
    let art = '';
    if (parts >= 1) art += rect(x - 90 * size, y - 70 * size, 180 * size, 130 * size, ink.paper) + dome(x, y - 68 * size, 62 * size, ink.ochre) + arch(x, y + 30, 20 * size, 30 * size, ink.black);
    if (parts >= 2) art += tower(x + 130 * size, y + 40, 46 * size, 230 * size);
    if (parts >= 3) art += rect(x - 210 * size, y - 40 * size, 110 * size, 120 * size, ink.sand) + dome(x - 155 * size, y - 38 * size, 40 * size, ink.ochre) + arch(x - 155 * size, y + 40, 16 * size, 24 * size, ink.black);
    if (parts >= 4) art += rect(x + 168 * size, y - 60 * size, 100 * size, 150 * size, ink.sand) + dome(x + 218 * size, y - 58 * size, 36 * size, ink.red) + arch(x + 218 * size, y + 40, 15 * size, 30 * size, ink.black);
    return art;
  };
  const dune = (y: number, crest: number, rise: number, fill: string, stroke: string) => path(`M0 ${y}Q${crest * 0.55} ${y - rise * 0.25} ${crest} ${y - rise}Q${crest + (1200 - crest) * 0.4} ${y - rise * 0.1} 1200 ${y + 20}V1500H0Z`, fill) + many(7, (i) => line(`M${crest - 20 - i * 26} ${y - rise + 44 + i * 30}Q${crest + 120} ${y - rise * 0.3 + 70 + i * 30} ${crest + 420 - i * 20} ${y + 40 + i * 30}`, stroke, 6));
  const tents = many(4, (i) => moved(170 + i * 96, 486 - Math.sin(i) * 10, path('M-46 30L0 -40L46 30Z', ink.black) + path('M-10 30L0 -6L10 30Z', ink.ochre), 0.86 - i * 0.07));
  const moon = circle(880, 300, 118, ink.sand) + circle(926, 268, 104, ink.blue);
  return { ground: ink.blue, art: cleared({ name: 'khaldun', fill: ink.sky, angle: () => 0, keep: (x, y) => y < 430 && far(x, y, 880, 300) > 160, spacing: 56, thickness: 3.5 }) + moon + tents +
    path('M0 530Q300 480 620 520T1200 500V1500H0Z', ink.teal) + city(850, 575, 0.5, 1) + dune(690, 850, 90, ink.moss, ink.black) +
    city(420, 720, 0.8, 2) + dune(870, 400, 120, ink.ochre, ink.black) + city(800, 900, 1.05, 3) + dune(1070, 760, 130, ink.rose, ink.red) +
    city(420, 1190, 1.35, 4) + path('M0 1170Q190 1250 420 1216Q800 1170 1200 1270V1500H0Z', ink.red) + many(8, (i) => line(`M${70 + i * 30} ${1300 + i * 20}Q${420 + i * 20} ${1262 + i * 24} ${1150 - i * 26} ${1340 + i * 18}`, ink.black, 7)) };
}

/** A pine with its roots in two landscapes. */
function goldberg(): Motif {
  const west = rect(0, 0, 600, 1500, ink.blue) + path('M0 930C160 880 320 900 600 960V1500H0Z', ink.paper) + many(46, (i) => { const random = randomOf(`snow${i}`); return circle(80 + random() * 500, 90 + random() * 800, 5 + random() * 8, ink.paper); }) +
    many(4, (i) => line(`M90 ${1010 + i * 70}Q300 ${970 + i * 76} 560 ${1020 + i * 70}`, ink.sky, 6)) + many(3, (i) => moved(130 + i * 76, 930 - i * 8, path('M-34 0L0 -120L34 0Z', ink.black) + path('M-26 -44L0 -150L26 -44Z', ink.black), 0.8));
  const east = rect(600, 0, 600, 1500, ink.ochre) + circle(900, 330, 130, ink.red) + path('M600 960C740 860 860 880 960 920S1120 860 1200 880V1500H600Z', ink.rose) + path('M600 1040C800 960 980 1040 1200 980V1500H600Z', ink.red) + many(4, (i) => line(`M630 ${1090 + i * 70}Q860 ${1040 + i * 74} 1120 ${1080 + i * 70}`, ink.sand, 6)) +
    many(12, (i) => { const [x, y] = polar(900, 330, 186, i * 30); return gouge({ x, y, angle: i * 30, length: 62, thickness: 7, fill: ink.red }); }) + many(3, (i) => rect(880 + i * 84, 880 - (i % 2) * 34, 66, 90, ink.paper) + rect(902 + i * 84, 906 - (i % 2) * 34, 20, 30, ink.black));
  const bough = (i: number, side: 1 | -1, fill: string, needle: string) => {
    const y = 250 + i * 112;
    const reach = 90 + i * 50;
    const at = (x: number) => 600 + side * x;
    return path(`M600 ${y - 90}Q${at(reach * 0.5)} ${y + 20} ${at(reach)} ${y + 74}Q${at(reach * 0.72)} ${y + 86} ${at(reach * 0.6)} ${y + 116}Q${at(reach * 0.44)} ${y + 92} ${at(reach * 0.34)} ${y + 124}Q${at(reach * 0.2)} ${y + 96} 600 ${y + 128}Z`, fill) +
      many(4, (k) => gouge({ x: at(reach * (0.18 + k * 0.19)), y: y + 36 + k * 13, angle: side > 0 ? 50 - k * 4 : 130 + k * 4, length: 58, thickness: 4, fill: needle }));
  };
  const tree = rect(572, 820, 28, 260, ink.black) + rect(600, 820, 28, 260, ink.paper) + many(6, (k) => { const i = 5 - k; return bough(i, -1, ink.teal, ink.paper) + bough(i, 1, ink.moss, ink.black); });
  const root = (side: 1 | -1, colour: string, bends: readonly (readonly [number, number, number, number])[]) => bends.map(([x, y, bx, by], i) => line(`M${600 + side * 12} 1050C${600 + side * 20} 1120 ${600 + side * bx} ${by} ${600 + side * x} ${y}`, colour, 20 - i * 2.4)).join('');
  const bends = [[470, 1180, 180, 1120], [430, 1300, 130, 1200], [300, 1390, 110, 1240], [150, 1425, 60, 1260], [50, 1430, 20, 1260]] as const;
  return { ground: ink.blue, art: west + east + root(-1, ink.black, bends) + root(1, ink.paper, bends) + tree };
}

/** Chains below, and the church they make above. */
function gaudi(): Motif {
  const curve = (half: number, drop: number, x: number, y: number) => {
    const a = 2.2;
    return Array.from({ length: 41 }, (_, i) => { const t = -1 + i / 20; return [x + t * half, y + drop * (1 - (Math.cosh(a * t) - 1) / (Math.cosh(a) - 1))] as const; });
  };
  const floor = 930;
  const towers: readonly (readonly [number, number, number])[] = [[250, 110, 470], [410, 120, 620], [790, 120, 620], [950, 110, 470], [600, 165, 800]];
  const church = towers.map(([x, half, tall]) => path(through(curve(half, -tall, x, floor)), ink.black) + line(through(curve(half - 26, -tall + 50, x, floor), false), ink.ochre, 7) +
    many(Math.floor(tall / 62) - 2, (i) => many(3, (k) => { const y = floor - 60 - i * 54; const room = half * (1 - i / (tall / 54)) * 0.52; return rect(x - 7 + (k - 1) * room, y - 30, 14, 34, i % 3 === 1 ? ink.ochre : ink.red, ' rx="7"'); })) +
    circle(x, floor - tall - 22, 22, ink.red) + many(4, (i) => gouge({ x, y: floor - tall - 22, angle: i * 45, length: 92, thickness: 5, fill: ink.ochre }))).join('') +
    path(through(curve(92, -250, 600, floor)), ink.ochre) + path(through(curve(64, -200, 600, floor)), ink.black) + many(5, (i) => line(`M600 ${floor}L${polar(600, floor, 170, -90 + (i - 2) * 17).join(' ')}`, ink.red, 6));
  const chains = [...towers.map(([x, half, tall]) => [x, half, tall * 0.56] as const), [600, 92, 150] as const, [600, 430, 400] as const, [600, 350, 300] as const].map(([x, half, drop]) => curve(half, drop, x, floor + 20).map(([px, py], i) => (i % 2 === 0 ? circle(px, py, 6, ink.black) : '')).join('') + line(through(curve(half, drop, x, floor + 20), false), ink.black, 4)).join('');
  const bags = many(9, (i) => { const points = curve(430, 400, 600, floor + 20); const [x, y] = points[4 + i * 4] ?? [0, 0]; return line(`M${x} ${y}v40`, ink.black, 4) + path(`M${x - 12} ${y + 40}H${x + 12}L${x + 22} ${y + 82}Q${x} ${y + 98} ${x - 22} ${y + 82}Z`, ink.red); });
  return { ground: ink.sky, art: cleared({ name: 'gaudi', fill: ink.paper, angle: () => 90, keep: (_x, y) => y < floor - 20, spacing: 60, thickness: 4 }) + rect(0, floor, 1200, 600, ink.sand) + church + rect(100, floor - 6, 1000, 26, ink.black) + chains + bags };
}

/** The first twelve seconds. */
function armstrong(): Motif {
  const burst = many(28, (i) => { const angle = -118 + i * 6.8; const colour = [ink.red, ink.paper, ink.sky][i % 3] ?? ink.red; const from = polar(880, 420, 170, angle); const left = polar(880, 420, 900, angle - 1.9); const right = polar(880, 420, 900, angle + 1.9); return path(through([from, left, right]), colour); });
  const sparks = many(5, (i) => { const [x, y] = ([[250, 300], [460, 170], [190, 560], [1010, 950], [880, 1130]] as const)[i] ?? [0, 0]; return many(12, (k) => { const [sx, sy] = polar(x, y, 66, k * 30); return gouge({ x: sx, y: sy, angle: k * 30, length: 70, thickness: 5, fill: k % 2 === 0 ? ink.red : ink.paper }); }) + circle(x, y, 13, ink.ochre); });
  const trumpet = moved(0, 0,
    line('M150 1180L640 690', ink.ochre, 36) + path('M600 690C720 600 800 520 776 330C900 360 960 420 986 540C800 520 720 600 650 740Z', ink.ochre) +
    `<ellipse cx="884" cy="434" rx="162" ry="62" transform="rotate(45 884 434)" fill="${ink.black}"/><ellipse cx="884" cy="434" rx="162" ry="62" transform="rotate(45 884 434)" fill="none" stroke="${ink.ochre}" stroke-width="20"/>` +
    line('M246 1084C330 1210 470 1240 570 1140L720 990C800 900 770 790 664 694', ink.ochre, 36) +
    line('M250 1080L640 690', ink.sand, 8) + line('M292 1146C360 1206 440 1206 520 1140L690 970', ink.sand, 8) +
    many(3, (i) => turned(45, 420 + i * 74, 930 - i * 74, rect(388 + i * 74, 800 - i * 74, 64, 260, ink.ochre, ' rx="12"') + rect(388 + i * 74, 880 - i * 74, 64, 12, ink.black) + rect(388 + i * 74, 976 - i * 74, 64, 12, ink.black) + rect(410 + i * 74, 746 - i * 74, 20, 60, ink.sand) + rect(390 + i * 74, 730 - i * 74, 60, 20, ink.sand, ' rx="10"'))) +
    path('M150 1180L118 1178L122 1212L152 1210Z M112 1190L84 1240L116 1244L140 1216Z', ink.sand, ` stroke="${ink.sand}" stroke-width="16"`));
  return { ground: ink.blue, art: burst + sparks + trumpet };
}

/** A tree whose roots are seedlings. */
function maathai(): Motif {
  const sky = circle(600, 470, 330, ink.ochre) + many(11, (i) => gouge({ x: 600, y: 250 + i * 44, angle: 0, length: Math.sqrt(Math.max(0, 330 ** 2 - (i * 44 - 220) ** 2)) * 1.9, thickness: 3.5, fill: ink.red }));
  const canopy = path('M150 560C180 470 260 450 320 456C340 380 440 340 520 366C580 320 680 330 730 374C820 350 900 400 910 460C980 452 1040 490 1052 560C960 600 860 580 760 590C640 604 560 584 440 596C330 604 230 600 150 560Z', ink.black) + cleared({ name: 'canopy', fill: ink.moss, angle: (x) => (x - 600) / 14, keep: (x, y) => y > 400 + Math.abs(x - 600) * 0.2 && y < 576 && x > 200 && x < 1000, spacing: 34, length: 48, thickness: 6 });
  const trunk = path('M566 980C580 860 540 760 400 590H440C520 660 560 700 584 730C590 680 580 640 560 590H596C612 640 616 680 612 716C650 670 700 640 760 588H806C700 690 640 780 638 980Z', ink.black);
  const hill = path('M0 1010C260 930 420 960 600 962S980 930 1200 1020V1500H0Z', ink.red) + many(4, (i) => line(`M64 ${1058 + i * 6}C300 ${1000 + i * 10} 860 ${1000 + i * 10} 1136 ${1064 + i * 6}`, ink.ochre, 5, ` stroke-dasharray="${90 + i * 50} ${40 + i * 8}"`));
  const seedling = (x: number, y: number, size: number) => moved(x, y, line('M0 60V0', ink.paper, 8) + path('M0 6C-10 -30 -44 -50 -76 -44C-70 -12 -36 10 0 6Z', ink.moss) + path('M0 6C10 -30 44 -50 76 -44C70 -12 36 10 0 6Z', ink.sand) + line('M0 60C-6 76 -18 82 -26 92M0 60C6 76 18 82 26 92', ink.paper, 5), size);
  const roots = [-470, -330, -190, -64, 64, 190, 330, 470].map((x) => line(`M600 960C600 1040 ${600 + x} 1040 ${600 + x} 1150`, ink.black, 17)).join('');
  const rows = [[1170, 8, 134, 0.95], [1290, 9, 124, 0.86], [1396, 10, 112, 0.76]].map(([y = 0, count = 0, gap = 0, size = 1]) => many(count, (i) => seedling(600 + (i - (count - 1) / 2) * gap, y, size))).join('');
  return { ground: ink.sand, art: cleared({ name: 'maathai', fill: ink.paper, angle: () => 0, keep: (x, y) => y < 900 && far(x, y, 600, 470) > 370, spacing: 58, thickness: 4 }) + sky + hill + roots + canopy + trunk + rows };
}

/** A torch of fourteen lines. */
function lazarus(): Motif {
  const widths = [70, 130, 190, 150, 236, 190, 280, 236, 300, 260, 290, 240, 270, 200];
  const flame = widths.map((w, i) => { const y = 196 + i * 34; const x = 600 + Math.sin(i * 0.9) * 26 - w / 2; return rect(x, y, w, 20, [ink.ochre, ink.red, ink.sand][i % 3] ?? ink.ochre, ' rx="10"'); }).join('');
  const rays = many(25, (i) => { const angle = 180 + i * 7.5; const [x, y] = polar(600, 450, 400 + (i % 2) * 50, angle); return gouge({ x, y, angle, length: i % 2 === 0 ? 190 : 110, thickness: 9, fill: ink.sand }); });
  const torch = path('M420 690H780L748 752H452Z', ink.ochre) + rect(404, 668, 392, 30, ink.sand, ' rx="12"') + path('M462 752H738L690 846H510Z', ink.teal) + many(6, (i) => line(`M${490 + i * 44} 756L${530 + i * 28} 842`, ink.sky, 6)) + path('M520 846H680L656 1120H544Z', ink.teal) + line('M548 860L566 1110M600 860V1110M652 860L634 1110', ink.sky, 7);
  const hand = path('M500 1010C500 972 700 960 706 1000C722 1030 712 1150 700 1180L724 1500H476L500 1190C482 1130 486 1050 500 1010Z', ink.sky) + many(4, (i) => line(`M506 ${1040 + i * 42}C560 ${1022 + i * 42} 640 ${1022 + i * 42} 704 ${1044 + i * 40}`, ink.black, 9)) + path('M476 1250L400 1500H560Z', ink.teal) + path('M724 1250L800 1500H640Z', ink.teal) + line('M476 1250L724 1250', ink.black, 8);
  const sea = rect(0, 1190, 410, 320, ink.black) + rect(790, 1190, 410, 320, ink.black) + many(8, (i) => line(`M64 ${1226 + i * 28}H${420 - i * 8}M${780 + i * 8} ${1226 + i * 28}H1136`, ink.sky, 5, ` stroke-dasharray="${50 + ((i * 37) % 60)} ${26 + ((i * 17) % 30)}"`));
  const ship = (x: number, y: number, size: number) => moved(x, y, path('M-110 0H110L86 46H-92Z', ink.red) + rect(-50, -34, 110, 34, ink.paper) + rect(-20, -98, 26, 66, ink.black) + rect(26, -90, 22, 58, ink.black) + rect(-20, -84, 26, 14, ink.ochre) + path('M-8 -104C-50 -150 -90 -130 -140 -160C-110 -110 -60 -104 -8 -104Z', ink.paper) + line('M-92 -2V-110M92 -2V-90', ink.paper, 5), size);
  return { ground: ink.blue, art: cleared({ name: 'lazarus', fill: ink.black, angle: (x, y) => (Math.atan2(y - 450, x - 600) * 180) / Math.PI, keep: (x, y) => y < 1170 && far(x, y, 600, 450) > 330, spacing: 56, thickness: 5 }) + rays + flame + sea + torch + hand + ship(236, 1196, 0.95) + ship(966, 1210, 0.72) + ship(1070, 1340, 0.5) };
}

/** Geese over fields, and a very small rider. */
function lagerlof(): Motif {
  const colours = [ink.ochre, ink.moss, ink.sand, ink.teal, ink.red, ink.sand, ink.moss, ink.ochre, ink.sky];
  const random = randomOf('fields');
  const fields = many(9, (row) => many(8, (column) => {
    const corner = (i: number, j: number): readonly [number, number] => { const wobble = randomOf(`corner ${i} ${j}`); return [-60 + j * 172 + i * 14 + wobble() * 46, -40 + i * 186 - j * 16 + wobble() * 46]; };
    const points = [corner(row, column), corner(row, column + 1), corner(row + 1, column + 1), corner(row + 1, column)] as const;
    const fill = colours[Math.floor(random() * colours.length)] ?? ink.sand;
    const furrow = fill === ink.sand || fill === ink.sky ? ink.ochre : ink.black;
    const [a, b, c, d] = points;
    const across = random() > 0.5;
    const mix = (p: readonly [number, number], q: readonly [number, number], t: number) => [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t] as const;
    const furrows = random() > 0.3 ? many(4, (i) => { const t = 0.2 + i * 0.2; const [s, e] = across ? [mix(a, d, t), mix(b, c, t)] : [mix(a, b, t), mix(d, c, t)]; return line(through([mix(s, e, 0.12), mix(s, e, 0.88)], false), furrow, 5); }) : many(5, (i) => { const [x, y] = mix(mix(a, b, 0.2 + (i % 3) * 0.3), mix(d, c, 0.2 + (i % 3) * 0.3), 0.3 + (i % 2) * 0.4); return circle(x, y, 15, ink.black); });
    return path(through(points), fill, ` stroke="${ink.paper}" stroke-width="9"`) + furrows;
  }));
  const goose = (x: number, y: number, size: number, body: string, wing: string, rider = '') => moved(x, y,
    path('M10 -20C-60 -150 -190 -250 -330 -280C-300 -240 -296 -220 -300 -196C-272 -190 -262 -170 -262 -146C-232 -140 -220 -120 -218 -96C-186 -88 -172 -68 -168 -44C-130 -30 -60 10 0 40Z', wing) +
    path('M-10 -20C60 -150 190 -250 330 -280C300 -240 296 -220 300 -196C272 -190 262 -170 262 -146C232 -140 220 -120 218 -96C186 -88 172 -68 168 -44C130 -30 60 10 0 40Z', wing) +
    path('M0 -330C22 -330 30 -306 26 -280C24 -220 34 -170 50 -110C70 -40 60 60 34 120L60 190L0 170L-60 190L-34 120C-60 60 -70 -40 -50 -110C-34 -170 -24 -220 -26 -280C-30 -306 -22 -330 0 -330Z', body) +
    path('M-15 -326L0 -372L15 -326Z', ink.red) + many(4, (i) => line(`M${-100 - i * 46} ${-104 - i * 40}L${-116 - i * 44} ${-74 - i * 34}M${100 + i * 46} ${-104 - i * 40}L${116 + i * 44} ${-74 - i * 34}`, body, 9)) + line('M-24 40Q0 66 24 40M-22 80Q0 106 22 80', wing, 8) + rider, size, 24);
  const rider = path('M-24 30C-30 -20 30 -20 24 30L14 60H-14Z', ink.blue) + circle(0, -34, 22, ink.sand) + path('M-25 -40C-24 -64 24 -64 25 -40L8 -104Z', ink.red);
  const shadow = (x: number, y: number, size: number) => `<g opacity="1">${moved(x, y, path('M0 -330C22 -330 30 -306 26 -280C24 -220 34 -170 40 -120C120 -180 220 -250 330 -280C290 -180 200 -70 60 0L34 120L60 190L0 170L-60 190L-34 120L-60 0C-200 -70 -290 -180 -330 -280C-220 -250 -120 -180 -40 -120C-34 -170 -24 -220 -26 -280C-30 -306 -22 -330 0 -330Z', ink.black), size, 24)}</g>`;
  return { ground: ink.sand, art: fields + shadow(660, 1090, 0.5) + shadow(230, 1300, 0.26) + shadow(1010, 1240, 0.26) + goose(560, 700, 1.28, ink.paper, ink.paper, '') + goose(560, 700, 1.28, ink.paper, ink.sky, rider) + goose(900, 330, 0.52, ink.black, ink.black) + goose(1000, 900, 0.56, ink.black, ink.black) + goose(230, 330, 0.46, ink.black, ink.black) + goose(220, 1110, 0.6, ink.black, ink.black) };
}
