import {
  circle,
  cleared,
  gouge,
  ink,
  line,
  many,
  path,
  randomOf,
  turned,
  type Motif,
} from '../linocut.ts';

/** A hand over six dots. */
export function braille(): Motif {
  const cells: Readonly<Record<string, readonly number[]>> = {
    b: [1, 2],
    r: [1, 2, 3, 5],
    a: [1],
    i: [2, 4],
    l: [1, 2, 3],
    e: [1, 5],
    o: [1, 3, 5],
    u: [1, 3, 6],
    s: [2, 3, 4],
  };
  const word = (text: string, y: number, gold: readonly number[]) =>
    text
      .split('')
      .map((letter, at) =>
        many(6, (dot) => {
          const x = 195 + at * 137 + (dot > 2 ? 54 : 0);
          const raised = (cells[letter] ?? []).includes(dot + 1);
          const top = y + (dot % 3) * 58;
          return raised
            ? circle(x + 5, top + 6, 24, ink.black) +
                circle(x, top, 23, gold.includes(at) ? ink.ochre : ink.paper) +
                gouge({ x: x - 6, y: top - 9, angle: -30, length: 18, thickness: 3, fill: ink.red })
            : circle(x, top, 5, ink.black);
        }),
      )
      .join('');
  const finger = (x: number, tip: number, half: number, lean: number) =>
    turned(
      lean,
      x,
      1150,
      path(
        `M${x - half} 1260V${tip + half}A${half} ${half} 0 0 1 ${x + half} ${tip + half}V1260Z`,
        ink.black,
      ) +
        many(3, (i) =>
          line(
            `M${x - half * 0.6} ${tip + 190 + i * 16}q${half * 0.6} 12 ${half * 1.2} 0`,
            ink.rose,
            4,
          ),
        ) +
        many(2, (i) =>
          line(`M${x - half * 0.5} ${tip + 64 + i * 16}q${half * 0.5} -14 ${half} 0`, ink.rose, 4),
        ),
    );
  const hand =
    path('M352 1500C330 1380 330 1260 352 1150L800 1130C880 1190 850 1340 850 1500Z', ink.black) +
    path(
      'M800 1180C850 1120 900 1030 950 990C1000 956 1046 1000 1020 1050C980 1130 920 1290 840 1390Z',
      ink.black,
    ) +
    finger(404, 890, 54, -8) +
    finger(530, 800, 57, -2) +
    finger(656, 790, 57, 3) +
    finger(776, 860, 53, 8) +
    many(16, (i) => {
      const random = randomOf(`palm${i}`);
      return gouge({
        x: 420 + random() * 380,
        y: 1250 + random() * 190,
        angle: -70 + random() * 30,
        length: 50 + random() * 50,
        thickness: 3.5,
        fill: ink.rose,
      });
    });
  return {
    ground: ink.red,
    art:
      cleared({
        name: 'braille',
        fill: ink.rose,
        angle: () => 0,
        keep: (_x, y) => y > 64,
        spacing: 58,
        length: 44,
        thickness: 3,
      }) +
      word('louis', 190, []) +
      word('braille', 460, []) +
      word('braille', 730, [2, 3, 4]) +
      hand,
  };
}
