import { circle, ink, many, rect, type Motif } from '../linocut.ts';

/** Number wheels of an engine, one of them turned. */
export function lovelace(): Motif {
  const wheel = (x: number, y: number, fill: string, shift: number) => {
    const teeth = many(9, (i) => {
      const turn = ((i + shift) / 9) * Math.PI;
      const half = 4 + Math.sin(turn) * 8;
      return rect(x - Math.cos(turn) * 126 - half, y - 52, half * 2, 104, ink.black, ' rx="4"');
    });
    return (
      rect(x - 148, y - 44, 296, 88, fill, ' rx="16"') +
      teeth +
      rect(x - 112, y + 60, 224, 20, ink.sky, ' rx="9"')
    );
  };
  const tower = (x: number, column: number) =>
    rect(x - 17, 64, 34, 1400, ink.sky) +
    many(7, (row) => {
      const chosen = column === 1 && row === 2;
      return wheel(
        x + (chosen ? 34 : 0),
        224 + row * 172,
        chosen ? ink.red : (row + column) % 2 === 0 ? ink.ochre : ink.paper,
        ((row * 5 + column * 3) % 7) / 7,
      );
    });
  const frame = [64, 1368]
    .map(
      (y) =>
        rect(64, y, 1072, 68, ink.black) +
        many(13, (i) => circle(108 + i * 82, y + 34, 10, ink.ochre)),
    )
    .join('');
  return { ground: ink.blue, art: tower(256, 0) + tower(600, 1) + tower(944, 2) + frame };
}
