import {
  circle,
  cleared,
  gouge,
  ink,
  line,
  many,
  path,
  polar,
  rect,
  through,
  type Motif,
} from '../linocut.ts';

/** Chains below, and the church they make above. */
export function gaudi(): Motif {
  const curve = (half: number, drop: number, x: number, y: number) => {
    const a = 2.2;
    return Array.from({ length: 41 }, (_, i) => {
      const t = -1 + i / 20;
      return [x + t * half, y + drop * (1 - (Math.cosh(a * t) - 1) / (Math.cosh(a) - 1))] as const;
    });
  };
  const floor = 930;
  const towers: readonly (readonly [number, number, number])[] = [
    [250, 110, 470],
    [410, 120, 620],
    [790, 120, 620],
    [950, 110, 470],
    [600, 165, 800],
  ];
  const church =
    towers
      .map(
        ([x, half, tall]) =>
          path(through(curve(half, -tall, x, floor)), ink.black) +
          line(through(curve(half - 26, -tall + 50, x, floor), false), ink.ochre, 7) +
          many(Math.floor(tall / 62) - 2, (i) =>
            many(3, (k) => {
              const y = floor - 60 - i * 54;
              const room = half * (1 - i / (tall / 54)) * 0.52;
              return rect(
                x - 7 + (k - 1) * room,
                y - 30,
                14,
                34,
                i % 3 === 1 ? ink.ochre : ink.red,
                ' rx="7"',
              );
            }),
          ) +
          circle(x, floor - tall - 22, 22, ink.red) +
          many(4, (i) =>
            gouge({
              x,
              y: floor - tall - 22,
              angle: i * 45,
              length: 92,
              thickness: 5,
              fill: ink.ochre,
            }),
          ),
      )
      .join('') +
    path(through(curve(92, -250, 600, floor)), ink.ochre) +
    path(through(curve(64, -200, 600, floor)), ink.black) +
    many(5, (i) =>
      line(`M600 ${floor}L${polar(600, floor, 170, -90 + (i - 2) * 17).join(' ')}`, ink.red, 6),
    );
  const chains = [
    ...towers.map(([x, half, tall]) => [x, half, tall * 0.56] as const),
    [600, 92, 150] as const,
    [600, 430, 400] as const,
    [600, 350, 300] as const,
  ]
    .map(
      ([x, half, drop]) =>
        curve(half, drop, x, floor + 20)
          .map(([px, py], i) => (i % 4 === 0 ? circle(px, py, 8, ink.black) : ''))
          .join('') + line(through(curve(half, drop, x, floor + 20), false), ink.black, 5),
    )
    .join('');
  const bags = many(9, (i) => {
    const points = curve(430, 400, 600, floor + 20);
    const [x, y] = points[4 + i * 4] ?? [0, 0];
    return (
      line(`M${x} ${y}v40`, ink.black, 4) +
      path(
        `M${x - 12} ${y + 40}H${x + 12}L${x + 22} ${y + 82}Q${x} ${y + 98} ${x - 22} ${y + 82}Z`,
        ink.red,
      )
    );
  });
  return {
    ground: ink.sky,
    art:
      cleared({
        name: 'gaudi',
        fill: ink.paper,
        angle: () => 90,
        keep: (_x, y) => y < floor - 20,
        spacing: 100,
        thickness: 4,
      }) +
      rect(0, floor, 1200, 600, ink.sand) +
      church +
      rect(100, floor - 6, 1000, 26, ink.black) +
      chains +
      bags,
  };
}
