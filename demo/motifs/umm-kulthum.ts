import {
  circle,
  gouge,
  ink,
  line,
  many,
  path,
  randomOf,
  rect,
  turned,
  type Motif,
} from '../linocut.ts';

/** A star over a microphone, and a desert that listens. */
export function ummKulthum(): Motif {
  const arcs = many(
    9,
    (i) =>
      `<circle cx="600" cy="520" r="${190 + i * 74}" fill="none" stroke="${[ink.ochre, ink.rose, ink.sand][i % 3]}" stroke-width="${17 - i}" stroke-dasharray="${40 + i * 26} ${16 + i * 2}"/>`,
  );
  const star =
    many(2, (i) => turned(i * 45, 600, 520, rect(505, 425, 190, 190, ink.ochre))) +
    circle(600, 520, 96, ink.black) +
    many(2, (i) => turned(i * 45 + 22.5, 600, 520, rect(548, 468, 104, 104, ink.paper))) +
    circle(600, 520, 30, ink.red);
  const dunes =
    path('M0 1110C200 1010 340 1090 520 1130S900 1050 1200 1120V1500H0Z', ink.red) +
    path('M0 1230C180 1190 330 1130 560 1210S960 1290 1200 1190V1500H0Z', ink.rose) +
    path('M0 1340C260 1260 420 1320 640 1350S1000 1390 1200 1310V1500H0Z', ink.sand) +
    many(16, (i) => {
      const random = randomOf(`dune${i}`);
      const x = 90 + random() * 1020;
      return gouge({
        x,
        y: 1160 + (i % 3) * 112 + random() * 16,
        angle: -5 + random() * 10,
        length: 90 + random() * 70,
        thickness: 4,
        fill: ink.black,
      });
    });
  const microphone =
    rect(586, 860, 28, 420, ink.black) +
    path('M470 1290H730L760 1340H440Z', ink.black) +
    line('M452 760C452 960 748 960 748 760', ink.black, 24) +
    rect(490, 640, 220, 280, ink.black, ' rx="104"') +
    rect(504, 654, 192, 252, ink.sky, ' rx="92"') +
    many(6, (i) => rect(506, 686 + i * 33, 188, 12, ink.black)) +
    rect(590, 654, 20, 252, ink.black) +
    rect(504, 764, 192, 34, ink.ochre);
  const people = many(23, (i) => {
    const x = 76 + i * 49;
    const y = 1392 + Math.sin(i * 1.7) * 12;
    return (
      circle(x, y, 22, ink.black) + path(`M${x - 38} 1460Q${x} ${y + 6} ${x + 38} 1460Z`, ink.black)
    );
  });
  return { ground: ink.blue, art: arcs + dunes + microphone + star + people };
}
