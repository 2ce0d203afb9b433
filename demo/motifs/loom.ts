import {
  circle,
  cleared,
  far,
  gouge,
  ink,
  line,
  many,
  path,
  polar,
  randomOf,
  rect,
  through,
  turned,
  type Motif,
} from '../linocut.ts';

/** A flower woven out of punched cards. */
export function loom(): Motif {
  const card = (row: number) => {
    const y = 985 + row * 112;
    const half = 330 + row * 44;
    const random = randomOf(`card${row}`);
    return (
      path(
        through([
          [600 - half, y],
          [600 + half, y],
          [600 + half + 26, y + 88],
          [600 - half - 26, y + 88],
        ]),
        ink.paper,
      ) +
      many(14, (i) =>
        many(2, (j) =>
          random() > 0.42
            ? circle(
                600 - half + 44 + ((half * 2 - 88) / 13) * i,
                y + 26 + j * 36,
                11 + row * 0.8,
                ink.black,
              )
            : '',
        ),
      ) +
      line(
        `M${600 - half - 20} ${y + 50}V${y + 130}M${600 + half + 20} ${y + 50}V${y + 130}`,
        ink.ochre,
        7,
      )
    );
  };
  const stem =
    line('M600 1440V480', ink.red, 17) +
    many(
      4,
      (i) =>
        rect(580, 1010 + i * 112, 40, 42, ink.black) + rect(591, 1006 + i * 112, 18, 50, ink.red),
    );
  const leaf = (y: number, side: 1 | -1, size: number) =>
    path(
      `M600 ${y}C${600 + side * 120 * size} ${y - 30} ${600 + side * 260 * size} ${y - 90} ${600 + side * 330 * size} ${y - 240 * size}C${600 + side * 190 * size} ${y - 220 * size} ${600 + side * 60 * size} ${y - 150 * size} 600 ${y}Z`,
      ink.moss,
    ) +
    line(
      `M600 ${y}Q${600 + side * 160 * size} ${y - 90 * size} ${600 + side * 305 * size} ${y - 218 * size}`,
      ink.paper,
      5,
    ) +
    many(4, (i) =>
      line(
        `M${600 + side * (90 + i * 52) * size} ${y - (55 + i * 37) * size}l${side * 46 * size} ${-2 * size}`,
        ink.paper,
        4,
      ),
    );
  const petal = (angle: number, length: number, half: number, fill: string) =>
    turned(
      angle,
      600,
      440,
      path(
        `M600 440C${600 - half} ${440 - length * 0.45} ${600 - half * 0.8} ${440 - length * 0.9} 600 ${440 - length}C${600 + half * 0.8} ${440 - length * 0.9} ${600 + half} ${440 - length * 0.45} 600 440Z`,
        fill,
      ) +
        gouge({
          x: 600,
          y: 440 - length * 0.55,
          angle: 90,
          length: length * 0.6,
          thickness: 5,
          fill: ink.black,
        }) +
        gouge({
          x: 600 - half * 0.3,
          y: 440 - length * 0.5,
          angle: 82,
          length: length * 0.36,
          thickness: 4,
          fill: ink.black,
        }) +
        gouge({
          x: 600 + half * 0.3,
          y: 440 - length * 0.5,
          angle: 98,
          length: length * 0.36,
          thickness: 4,
          fill: ink.black,
        }),
    );
  const flower =
    many(10, (i) => petal(i * 36 + 18, 318, 82, ink.rose)) +
    many(10, (i) => petal(i * 36, 244, 66, ink.red)) +
    circle(600, 440, 84, ink.ochre) +
    many(16, (i) => {
      const [x, y] = polar(600, 440, 58, i * 22.5);
      return circle(x, y, 7, ink.black);
    }) +
    many(8, (i) => {
      const [x, y] = polar(600, 440, 30, i * 45);
      return circle(x, y, 6, ink.black);
    });
  return {
    ground: ink.black,
    art:
      cleared({
        name: 'loom',
        fill: ink.blue,
        angle: () => 90,
        keep: (x, y) => y < 1400 && far(x, y, 600, 440) > 350,
        spacing: 62,
        thickness: 5,
      }) +
      many(4, card) +
      leaf(930, 1, 1) +
      leaf(930, -1, 1) +
      leaf(820, 1, 0.55) +
      leaf(820, -1, 0.55) +
      stem +
      flower,
  };
}
