import {
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

/** A torch of fourteen lines. */
export function lazarus(): Motif {
  const widths = [70, 130, 190, 150, 236, 190, 280, 236, 300, 260, 290, 240, 270, 200];
  const flame = widths
    .map((w, i) => {
      const y = 196 + i * 34;
      const x = 600 + Math.sin(i * 0.9) * 26 - w / 2;
      return rect(x, y, w, 20, [ink.ochre, ink.red, ink.sand][i % 3] ?? ink.ochre, ' rx="10"');
    })
    .join('');
  const rays = many(25, (i) => {
    const angle = 180 + i * 7.5;
    const [x, y] = polar(600, 450, 400 + (i % 2) * 50, angle);
    return gouge({ x, y, angle, length: i % 2 === 0 ? 190 : 110, thickness: 9, fill: ink.sand });
  });
  const torch =
    path('M420 690H780L748 752H452Z', ink.ochre) +
    rect(404, 668, 392, 30, ink.sand, ' rx="12"') +
    path('M462 752H738L690 846H510Z', ink.teal) +
    many(6, (i) => line(`M${490 + i * 44} 756L${530 + i * 28} 842`, ink.sky, 6)) +
    path('M520 846H680L656 1120H544Z', ink.teal) +
    line('M548 860L566 1110M600 860V1110M652 860L634 1110', ink.sky, 7);
  const hand =
    path(
      'M500 1010C500 972 700 960 706 1000C722 1030 712 1150 700 1180L724 1500H476L500 1190C482 1130 486 1050 500 1010Z',
      ink.sky,
    ) +
    many(4, (i) =>
      line(
        `M506 ${1040 + i * 42}C560 ${1022 + i * 42} 640 ${1022 + i * 42} 704 ${1044 + i * 40}`,
        ink.black,
        9,
      ),
    ) +
    path('M476 1250L400 1500H560Z', ink.teal) +
    path('M724 1250L800 1500H640Z', ink.teal) +
    line('M476 1250L724 1250', ink.black, 8);
  const sea =
    rect(0, 1190, 410, 320, ink.black) +
    rect(790, 1190, 410, 320, ink.black) +
    many(8, (i) =>
      line(
        `M64 ${1226 + i * 28}H${420 - i * 8}M${780 + i * 8} ${1226 + i * 28}H1136`,
        ink.sky,
        5,
        ` stroke-dasharray="${50 + ((i * 37) % 60)} ${26 + ((i * 17) % 30)}"`,
      ),
    );
  const ship = (x: number, y: number, size: number) =>
    moved(
      x,
      y,
      path('M-110 0H110L86 46H-92Z', ink.red) +
        rect(-50, -34, 110, 34, ink.paper) +
        rect(-20, -98, 26, 66, ink.black) +
        rect(26, -90, 22, 58, ink.black) +
        rect(-20, -84, 26, 14, ink.ochre) +
        path('M-8 -104C-50 -150 -90 -130 -140 -160C-110 -110 -60 -104 -8 -104Z', ink.paper) +
        line('M-92 -2V-110M92 -2V-90', ink.paper, 5),
      size,
    );
  return {
    ground: ink.blue,
    art:
      cleared({
        name: 'lazarus',
        fill: ink.black,
        angle: (x, y) => (Math.atan2(y - 450, x - 600) * 180) / Math.PI,
        keep: (x, y) => y < 1170 && far(x, y, 600, 450) > 330,
        spacing: 56,
        thickness: 5,
      }) +
      rays +
      flame +
      sea +
      torch +
      hand +
      ship(236, 1196, 0.95) +
      ship(966, 1210, 0.72) +
      ship(1070, 1340, 0.5),
  };
}
