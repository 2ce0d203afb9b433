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
  rect,
  type Motif,
} from '../linocut.ts';

/** A suitcase that sends birds over the roofs. */
export function noor(): Motif {
  const bird = (x: number, y: number, angle: number, size: number, fill: string) =>
    moved(
      x,
      y,
      path(
        'M0 0C-20 -46 -66 -62 -104 -48C-74 -40 -52 -14 -44 12C-64 14 -84 26 -92 42C-58 44 -22 40 0 20C22 40 58 44 92 42C84 26 64 14 44 12C52 -14 74 -40 104 -48C66 -62 20 -46 0 0Z',
        fill,
      ),
      size,
      angle,
    );
  const rings = many(6, (i) => {
    const r = 130 + i * 92;
    return `<path d="M${polar(600, 640, r, -158).join(' ')}A${r} ${r} 0 0 1 ${polar(600, 640, r, -22).join(' ')}" fill="none" stroke="${i % 2 === 0 ? ink.ochre : ink.paper}" stroke-width="${13 - i}" stroke-dasharray="${i % 2 === 0 ? '86 26 22 26' : '24 24 24 24 90 24'}" stroke-linecap="round"/>`;
  });
  const birds = many(5, (i) => {
    const [x, y] = polar(600, 640, 500 + (i % 2) * 46, -150 + i * 30);
    return bird(x, y, -60 + i * 30, i === 2 ? 1.15 : 0.86, i === 2 ? ink.red : ink.paper);
  });
  const roof = (x: number, w: number, y: number, fill: string) =>
    path(`M${x} 1500V${y}L${x + w * 0.14} ${y - 96}H${x + w * 0.86}L${x + w} ${y}V1500Z`, fill) +
    rect(x, y, w, 12, ink.paper) +
    rect(x + w * 0.62, y - 190, 54, 110, fill) +
    many(3, (i) => rect(x + w * 0.62 + 4 + i * 17, y - 216, 11, 30, ink.red)) +
    many(
      2,
      (i) =>
        rect(x + w * (0.22 + i * 0.36), y + 58, w * 0.17, 104, i === 0 ? ink.ochre : ink.sky) +
        rect(x + w * (0.22 + i * 0.36) + w * 0.08, y + 58, 6, 104, fill),
    ) +
    many(7, (i) =>
      gouge({
        x: x + w * (0.16 + i * 0.11),
        y: y - 48,
        angle: 84 + i * 2,
        length: 66,
        thickness: 3,
        fill: ink.sky,
      }),
    );
  const roofs =
    roof(30, 380, 1190, ink.black) +
    roof(800, 400, 1160, ink.black) +
    roof(380, 440, 1270, ink.black);
  const suitcase =
    path('M372 1010H828V1150Q828 1168 810 1168H390Q372 1168 372 1150Z', ink.red) +
    path('M372 1010L318 830Q314 814 330 812H870Q886 814 882 830L828 1010Z', ink.rose) +
    path('M398 984L358 850H842L802 984Z', ink.black) +
    many(
      3,
      (i) =>
        circle(470 + i * 130, 916, 40 - (i % 2) * 6, ink.paper) +
        line(`M${470 + i * 130} 916l${[18, -4, -20][i]} ${[-22, -26, -16][i]}`, ink.black, 7),
    ) +
    rect(555, 1052, 90, 26, ink.black, ' rx="12"') +
    rect(372, 1004, 456, 14, ink.black) +
    many(2, (i) => rect(436 + i * 300, 1040, 30, 62, ink.ochre));
  const aerial = line('M600 830V640', ink.paper, 11) + circle(600, 632, 22, ink.red);
  return {
    ground: ink.teal,
    art:
      cleared({
        name: 'noor',
        fill: ink.black,
        angle: (x, y) => (Math.atan2(y - 640, x - 600) * 180) / Math.PI + 90,
        keep: (x, y) => y < 1250 && far(x, y, 600, 640) > 80,
        spacing: 70,
        thickness: 4.5,
      }) +
      rings +
      birds +
      roofs +
      suitcase +
      aerial,
  };
}
