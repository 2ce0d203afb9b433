import { circle, gouge, ink, line, many, rect, turned, type Motif } from '../linocut.ts';

/** One card out of seven million. */
export function icrc(): Motif {
  const rows = many(13, (i) => {
    const depth = i / 12;
    const y = 470 + depth ** 1.55 * 900;
    const half = 210 + depth ** 1.3 * 420;
    const tall = 60 + depth * 150;
    const lifted = i === 7;
    const tabs = many(5, (k) =>
      rect(
        600 - half + half * 2 * (0.06 + k * 0.19 + ((i * 7) % 5) * 0.006),
        y - tall - 16 - depth * 12,
        half * 0.2,
        30 + depth * 14,
        (k + i) % 5 === 0 ? ink.red : (k + i) % 3 === 0 ? ink.ochre : ink.paper,
        ' rx="5"',
      ),
    );
    const sheet =
      rect(600 - half, y - tall, half * 2, tall + 90, i % 2 === 0 ? ink.paper : ink.sand) +
      line(`M${600 - half} ${y - tall}H${600 + half}`, ink.black, 5 + depth * 3);
    return (lifted ? card(y - tall - 330) : '') + tabs + sheet;
  });
  function card(y: number): string {
    return turned(
      -5,
      600,
      y,
      rect(374, y + 14, 470, 460, ink.black) +
        rect(360, y, 470, 460, ink.paper) +
        rect(360, y, 470, 74, ink.red) +
        rect(392, y + 24, 210, 26, ink.paper) +
        many(5, (i) =>
          rect(
            392,
            y + 112 + i * 50,
            [330, 400, 250, 370, 180][i] ?? 0,
            16,
            i === 0 ? ink.black : ink.blue,
          ),
        ) +
        circle(772, y + 37, 17, ink.paper),
    );
  }
  const wall = many(9, (row) =>
    many(8, (column) => {
      const [x, y] = [84 + column * 131, 84 + row * 74];
      return (
        rect(x, y, 118, 62, ink.teal, ' rx="4"') +
        rect(x + 40, y + 14, 38, 14, ink.sand) +
        circle(x + 59, y + 44, 6, ink.ochre)
      );
    }),
  );
  const front =
    rect(0, 1206, 1200, 300, ink.teal) +
    rect(0, 1206, 1200, 16, ink.black) +
    rect(400, 1256, 400, 96, ink.paper) +
    rect(384, 1240, 432, 128, 'none', ` stroke="${ink.ochre}" stroke-width="14"`) +
    line('M436 1290H700M436 1322H610', ink.black, 12) +
    many(22, (i) =>
      gouge({
        x: i < 11 ? 100 + (i % 4) * 74 : 870 + (i % 4) * 74,
        y: 1256 + Math.floor((i % 11) / 4) * 60,
        angle: 0,
        length: 96,
        thickness: 4,
        fill: ink.black,
      }),
    );
  return { ground: ink.black, art: wall + rows + front };
}
