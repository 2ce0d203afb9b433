import {
  circle,
  cleared,
  far,
  gouge,
  ink,
  many,
  path,
  polar,
  rect,
  type Motif,
} from '../linocut.ts';

/** A disc of thirty holes and a face in lines. */
export function baird(): Motif {
  const [cx, cy] = [600, 590];
  const disc =
    circle(cx, cy, 480, ink.black) +
    circle(cx, cy, 462, 'none', ` stroke="${ink.ochre}" stroke-width="5"`) +
    many(30, (i) => {
      const [x, y] = polar(cx, cy, 430 - i * 8.2, i * 12 + 90);
      return circle(x, y, 15 - i * 0.16, i === 0 ? ink.ochre : ink.paper);
    }) +
    many(8, (i) => {
      const [x, y] = polar(cx, cy, 112, i * 45);
      return circle(x, y, 24, ink.red);
    }) +
    circle(cx, cy, 60, ink.ochre) +
    circle(cx, cy, 20, ink.black) +
    many(48, (i) => {
      const [x, y] = polar(cx, cy, 160 + (i % 3) * 9, i * 7.5);
      return gouge({ x, y, angle: i * 7.5 + 90, length: 34, thickness: 3, fill: ink.blue });
    });
  const beam = path('M600 1020L420 1120H780Z', ink.ochre);
  const face = (x: number, y: number) => {
    const [u, v] = [(x - 600) / 120, (y - 1252) / 150];
    if (u * u + v * v > 1) return 0.12;
    if (Math.abs(v + 0.12) < 0.07 && Math.abs(Math.abs(u) - 0.38) < 0.17) return 0.12;
    if (Math.abs(v + 0.32) < 0.05 && Math.abs(Math.abs(u) - 0.4) < 0.22) return 0.3;
    if (Math.abs(v - 0.5 + u * u * 0.3) < 0.06 && Math.abs(u) < 0.34) return 0.22;
    if (v < -0.5 + u * 0.2) return 0.16;
    if (Math.abs(u - 0.02) < 0.09 && v > -0.15 && v < 0.22) return 0.5;
    return u < -0.55 ? 0.62 : 0.95;
  };
  const picture =
    rect(420, 1090, 360, 324, ink.black, ' rx="18"') +
    many(15, (row) => {
      const y = 1108 + row * 20.6;
      let upper = '';
      let lower = '';
      for (let x = 438; x <= 762; x += 12) {
        const half = face(x, y) * 9;
        upper += `L${x} ${(y - half).toFixed(1)}`;
        lower = `L${x} ${(y + half).toFixed(1)}${lower}`;
      }
      return path(`M438 ${y}${upper}${lower}Z`, ink.sand);
    });
  return {
    ground: ink.red,
    art:
      cleared({
        name: 'baird',
        fill: ink.rose,
        angle: (x, y) => (Math.atan2(y - cy, x - cx) * 180) / Math.PI + 90,
        keep: (x, y) => far(x, y, cx, cy) > 510 && !(x > 380 && x < 820 && y > 1050),
        spacing: 52,
        thickness: 4,
      }) +
      disc +
      beam +
      picture,
  };
}
