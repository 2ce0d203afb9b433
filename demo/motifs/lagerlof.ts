import { circle, ink, line, many, moved, path, randomOf, through, type Motif } from '../linocut.ts';

/** Geese over fields, and a very small rider. */
export function lagerlof(): Motif {
  const colours = [
    ink.ochre,
    ink.moss,
    ink.sand,
    ink.teal,
    ink.rose,
    ink.sand,
    ink.moss,
    ink.ochre,
    ink.sand,
  ];
  const random = randomOf('fields');
  const fields = many(9, (row) =>
    many(8, (column) => {
      const corner = (i: number, j: number): readonly [number, number] => {
        const wobble = randomOf(`corner ${i} ${j}`);
        return [-60 + j * 172 + i * 14 + wobble() * 46, -40 + i * 186 - j * 16 + wobble() * 46];
      };
      const points = [
        corner(row, column),
        corner(row, column + 1),
        corner(row + 1, column + 1),
        corner(row + 1, column),
      ] as const;
      const fill = colours[Math.floor(random() * colours.length)] ?? ink.sand;
      const furrow =
        fill === ink.sand
          ? ink.ochre
          : fill === ink.teal
            ? ink.moss
            : fill === ink.moss
              ? ink.teal
              : ink.sand;
      const [a, b, c, d] = points;
      const across = random() > 0.5;
      const mix = (p: readonly [number, number], q: readonly [number, number], t: number) =>
        [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t] as const;
      const plough = random();
      const furrows =
        plough > 0.8
          ? ''
          : plough > 0.25
            ? many(3, (i) => {
                const t = 0.26 + i * 0.24;
                const [s, e] = across ? [mix(a, d, t), mix(b, c, t)] : [mix(a, b, t), mix(d, c, t)];
                return line(through([mix(s, e, 0.12), mix(s, e, 0.88)], false), furrow, 8);
              })
            : many(5, (i) => {
                const [x, y] = mix(
                  mix(a, b, 0.2 + (i % 3) * 0.3),
                  mix(d, c, 0.2 + (i % 3) * 0.3),
                  0.3 + (i % 2) * 0.4,
                );
                return circle(x, y, 15, fill === ink.moss ? ink.teal : ink.moss);
              });
      return path(through(points), fill, ` stroke="${ink.paper}" stroke-width="9"`) + furrows;
    }),
  );
  const goose = (x: number, y: number, size: number, body: string, wing: string, rider = '') =>
    moved(
      x,
      y,
      path(
        'M10 -20C-60 -150 -190 -250 -330 -280C-300 -240 -296 -220 -300 -196C-272 -190 -262 -170 -262 -146C-232 -140 -220 -120 -218 -96C-186 -88 -172 -68 -168 -44C-130 -30 -60 10 0 40Z',
        wing,
      ) +
        path(
          'M-10 -20C60 -150 190 -250 330 -280C300 -240 296 -220 300 -196C272 -190 262 -170 262 -146C232 -140 220 -120 218 -96C186 -88 172 -68 168 -44C130 -30 60 10 0 40Z',
          wing,
        ) +
        path(
          'M0 -330C22 -330 30 -306 26 -280C24 -220 34 -170 50 -110C70 -40 60 60 34 120L60 190L0 170L-60 190L-34 120C-60 60 -70 -40 -50 -110C-34 -170 -24 -220 -26 -280C-30 -306 -22 -330 0 -330Z',
          body,
        ) +
        path('M-15 -326L0 -372L15 -326Z', ink.red) +
        many(4, (i) =>
          line(
            `M${-100 - i * 46} ${-104 - i * 40}L${-116 - i * 44} ${-74 - i * 34}M${100 + i * 46} ${-104 - i * 40}L${116 + i * 44} ${-74 - i * 34}`,
            body,
            9,
          ),
        ) +
        line('M-24 40Q0 66 24 40M-22 80Q0 106 22 80', wing, 8) +
        rider,
      size,
      24,
    );
  const rider =
    path('M-34 44C-42 -24 42 -24 34 44L20 84H-20Z', ink.blue) +
    line('M-30 -4L-22 -84M30 -4L22 -84', ink.blue, 13) +
    circle(0, -40, 29, ink.rose) +
    path('M-34 -46C-32 -84 32 -84 34 -46L12 -150Z', ink.red);
  const shadow = (x: number, y: number, size: number) =>
    `<g opacity="1">${moved(x, y, path('M0 -330C22 -330 30 -306 26 -280C24 -220 34 -170 40 -120C120 -180 220 -250 330 -280C290 -180 200 -70 60 0L34 120L60 190L0 170L-60 190L-34 120L-60 0C-200 -70 -290 -180 -330 -280C-220 -250 -120 -180 -40 -120C-34 -170 -24 -220 -26 -280C-30 -306 -22 -330 0 -330Z', ink.black), size, 24)}</g>`;
  const white =
    `<g stroke="${ink.black}" stroke-width="26" stroke-linejoin="round">${goose(590, 760, 1.3, ink.black, ink.black)}</g>` +
    goose(
      590,
      760,
      1.3,
      ink.paper,
      ink.paper,
      line(
        'M-120 -120L-62 -40M-180 -158L-128 -78M-236 -190L-200 -128M120 -120L62 -40M180 -158L128 -78M236 -190L200 -128M-20 96L-34 150M20 96L34 150M0 90V150',
        ink.sky,
        10,
      ) + rider,
    );
  return {
    ground: ink.sand,
    art:
      fields +
      shadow(800, 1130, 0.62) +
      goose(930, 300, 0.5, ink.black, ink.black) +
      goose(240, 360, 0.44, ink.black, ink.black) +
      goose(1010, 860, 0.4, ink.black, ink.black) +
      goose(240, 1190, 0.5, ink.black, ink.black) +
      white,
  };
}
