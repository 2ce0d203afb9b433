import {
  circle,
  gouge,
  ink,
  line,
  many,
  moved,
  path,
  polar,
  rect,
  through,
  turned,
  type Motif,
} from '../linocut.ts';

/** The first twelve seconds. */
export function armstrong(): Motif {
  const burst = many(33, (i) => {
    const angle = -154 + i * 6.8;
    const colour = [ink.red, ink.paper, ink.sky][i % 3] ?? ink.red;
    const reach = i % 2 === 0 ? 620 : 470;
    const from = polar(800, 500, 210, angle);
    const left = polar(800, 500, reach, angle - 2.1);
    const right = polar(800, 500, reach, angle + 2.1);
    return path(through([from, left, right]), colour);
  });
  const sparks = many(5, (i) => {
    const [x, y] = (
      [
        [210, 640],
        [250, 250],
        [1000, 1290],
        [1000, 1010],
        [700, 1330],
      ] as const
    )[i] ?? [0, 0];
    return (
      many(12, (k) => {
        const [sx, sy] = polar(x, y, 66, k * 30);
        return gouge({
          x: sx,
          y: sy,
          angle: k * 30,
          length: 70,
          thickness: 5,
          fill: k % 2 === 0 ? ink.red : ink.paper,
        });
      }) + circle(x, y, 13, ink.ochre)
    );
  });
  const trumpet = moved(
    -84,
    84,
    line('M150 1180L640 690', ink.ochre, 36) +
      path(
        'M600 690C720 600 800 520 776 330C900 360 960 420 986 540C800 520 720 600 650 740Z',
        ink.ochre,
      ) +
      `<ellipse cx="884" cy="434" rx="162" ry="62" transform="rotate(45 884 434)" fill="${ink.black}"/><ellipse cx="884" cy="434" rx="162" ry="62" transform="rotate(45 884 434)" fill="none" stroke="${ink.ochre}" stroke-width="20"/>` +
      line('M246 1084C330 1210 470 1240 570 1140L720 990C800 900 770 790 664 694', ink.ochre, 36) +
      line('M250 1080L640 690', ink.sand, 8) +
      line('M292 1146C360 1206 440 1206 520 1140L690 970', ink.sand, 8) +
      many(3, (i) =>
        turned(
          45,
          420 + i * 74,
          930 - i * 74,
          rect(388 + i * 74, 800 - i * 74, 64, 260, ink.ochre, ' rx="12"') +
            rect(388 + i * 74, 880 - i * 74, 64, 12, ink.black) +
            rect(388 + i * 74, 976 - i * 74, 64, 12, ink.black) +
            rect(410 + i * 74, 746 - i * 74, 20, 60, ink.sand) +
            rect(390 + i * 74, 730 - i * 74, 60, 20, ink.sand, ' rx="10"'),
        ),
      ) +
      path(
        'M150 1180L118 1178L122 1212L152 1210Z M112 1190L84 1240L116 1244L140 1216Z',
        ink.sand,
        ` stroke="${ink.sand}" stroke-width="16"`,
      ),
  );
  return { ground: ink.blue, art: burst + sparks + trumpet };
}
