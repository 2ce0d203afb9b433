import {
  circle,
  cleared,
  far,
  ink,
  line,
  many,
  moved,
  path,
  rect,
  type Motif,
} from '../linocut.ts';

/** Four cities on four dunes. */
export function ibnKhaldun(): Motif {
  const dome = (x: number, y: number, r: number, fill: string) =>
    path(
      `M${x - r} ${y}C${x - r} ${y - r * 0.9} ${x - r * 0.5} ${y - r * 1.3} ${x} ${y - r * 1.7}C${x + r * 0.5} ${y - r * 1.3} ${x + r} ${y - r * 0.9} ${x + r} ${y}Z`,
      fill,
    ) + line(`M${x} ${y - r * 1.7}v${-r * 0.45}`, ink.black, 6);
  const arch = (x: number, y: number, half: number, tall: number, fill: string) =>
    path(
      `M${x - half} ${y}V${y - tall}C${x - half} ${y - tall - half * 1.3} ${x} ${y - tall - half * 1.9} ${x} ${y - tall - half * 1.9}S${x + half} ${y - tall - half * 1.3} ${x + half} ${y - tall}V${y}Z`,
      fill,
    );
  const tower = (x: number, y: number, w: number, h: number) =>
    rect(x - w / 2, y - h, w, h, ink.paper) +
    rect(x - w * 0.66, y - h - 14, w * 1.32, 18, ink.black) +
    rect(x - w * 0.32, y - h - 60, w * 0.64, 48, ink.paper) +
    path(
      `M${x - w * 0.4} ${y - h - 58}L${x} ${y - h - 96}L${x + w * 0.4} ${y - h - 58}Z`,
      ink.red,
    ) +
    many(Math.floor(h / 64), (i) => arch(x, y - h + 66 + i * 62, w * 0.14, 16, ink.black));
  const city = (x: number, y: number, size: number, parts: number) => {
    let art = '';
    if (parts >= 1)
      art +=
        rect(x - 90 * size, y - 70 * size, 180 * size, 130 * size, ink.paper) +
        dome(x, y - 68 * size, 62 * size, ink.ochre) +
        arch(x, y + 30, 20 * size, 30 * size, ink.black);
    if (parts >= 2) art += tower(x + 130 * size, y + 40, 46 * size, 230 * size);
    if (parts >= 3)
      art +=
        rect(x - 210 * size, y - 40 * size, 110 * size, 120 * size, ink.sand) +
        dome(x - 155 * size, y - 38 * size, 40 * size, ink.ochre) +
        arch(x - 155 * size, y + 40, 16 * size, 24 * size, ink.black);
    if (parts >= 4)
      art +=
        rect(x + 168 * size, y - 60 * size, 100 * size, 150 * size, ink.sand) +
        dome(x + 218 * size, y - 58 * size, 36 * size, ink.red) +
        arch(x + 218 * size, y + 40, 15 * size, 30 * size, ink.black);
    return art;
  };
  const dune = (y: number, crest: number, rise: number, fill: string, stroke: string) =>
    path(
      `M0 ${y}Q${crest * 0.55} ${y - rise * 0.25} ${crest} ${y - rise}Q${crest + (1200 - crest) * 0.4} ${y - rise * 0.1} 1200 ${y + 20}V1500H0Z`,
      fill,
    ) +
    many(7, (i) =>
      line(
        `M${crest - 20 - i * 26} ${y - rise + 44 + i * 30}Q${crest + 120} ${y - rise * 0.3 + 70 + i * 30} ${crest + 420 - i * 20} ${y + 40 + i * 30}`,
        stroke,
        6,
      ),
    );
  const tents = many(4, (i) =>
    moved(
      170 + i * 96,
      486 - Math.sin(i) * 10,
      path('M-46 30L0 -40L46 30Z', ink.black) + path('M-10 30L0 -6L10 30Z', ink.ochre),
      0.86 - i * 0.07,
    ),
  );
  const moon = circle(880, 300, 118, ink.sand) + circle(926, 268, 104, ink.blue);
  return {
    ground: ink.blue,
    art:
      cleared({
        name: 'khaldun',
        fill: ink.sky,
        angle: () => 0,
        keep: (x, y) => y < 430 && far(x, y, 880, 300) > 160,
        spacing: 56,
        thickness: 3.5,
      }) +
      moon +
      tents +
      path('M0 530Q300 480 620 520T1200 500V1500H0Z', ink.teal) +
      city(850, 575, 0.5, 1) +
      dune(690, 850, 90, ink.moss, ink.black) +
      city(420, 720, 0.8, 2) +
      dune(870, 400, 120, ink.ochre, ink.black) +
      city(800, 900, 1.05, 3) +
      dune(1070, 760, 130, ink.rose, ink.red) +
      city(420, 1190, 1.35, 4) +
      path('M0 1170Q190 1250 420 1216Q800 1170 1200 1270V1500H0Z', ink.red) +
      many(8, (i) =>
        line(
          `M${70 + i * 30} ${1300 + i * 20}Q${420 + i * 20} ${1262 + i * 24} ${1150 - i * 26} ${1340 + i * 18}`,
          ink.black,
          7,
        ),
      ),
  };
}
