import { circle, cleared, far, ink, line, many, path, type Motif } from '../linocut.ts';

/** A walnut that the sea opens. */
export function grothendieck(): Motif {
  const sun =
    circle(600, 400, 190, ink.sand) +
    many(3, (i) =>
      circle(
        600,
        400,
        236 + i * 52,
        'none',
        ` stroke="${ink.sand}" stroke-width="${12 - i * 3}" stroke-dasharray="${70 + i * 40} 26"`,
      ),
    );
  const shell = path(
    'M600 560C760 560 884 690 884 860S760 1150 600 1150S316 1030 316 860S440 560 600 560Z',
    ink.ochre,
  );
  const half = (side: 1 | -1) => {
    const at = (x: number) => 600 + side * x;
    return (
      line(
        `M${at(60)} 616C${at(170)} 640 ${at(130)} 720 ${at(210)} 740S${at(160)} 830 ${at(236)} 870S${at(150)} 960 ${at(196)} 1000S${at(90)} 1060 ${at(64)} 1096`,
        ink.black,
        14,
      ) +
      line(
        `M${at(70)} 720C${at(120)} 740 ${at(84)} 810 ${at(140)} 840S${at(80)} 930 ${at(120)} 970`,
        ink.black,
        11,
      ) +
      line(`M${at(262)} 790C${at(276)} 850 ${at(270)} 910 ${at(240)} 960`, ink.paper, 9) +
      line(`M${at(120)} 600C${at(190)} 622 ${at(240)} 680 ${at(258)} 730`, ink.paper, 9)
    );
  };
  const seam =
    path(
      'M600 556C622 700 640 780 628 900S612 1080 600 1154C588 1080 560 1000 572 900S578 700 600 556Z',
      ink.black,
    ) +
    path(
      'M600 640C610 760 618 800 612 890S606 1010 600 1060C594 1010 584 960 588 890S590 760 600 640Z',
      ink.rose,
    );
  const nut = shell + half(1) + half(-1) + seam;
  const sea = [
    [905, ink.blue],
    [985, ink.teal],
    [1070, ink.blue],
    [1150, ink.black],
    [1240, ink.blue],
    [1330, ink.black],
  ]
    .map(([y = 0, fill], i) => {
      const top = Number(y);
      const wave = `M0 ${top}` + many(10, (k) => `q60 ${(k + i) % 2 === 0 ? -26 : 22} 120 0`);
      return i === 0
        ? path(
            `M0 ${top}H340C360 ${top + 30} 400 ${top + 46} 440 ${top + 66}H760C800 ${top + 46} 840 ${top + 30} 860 ${top}H1200V1500H0Z`,
            String(fill),
          ) +
            line(
              `M80 ${top + 26}H300M900 ${top + 26}H1120M140 ${top + 56}H360M840 ${top + 56}H1060`,
              ink.sky,
              8,
            )
        : path(`${wave}V1500H0Z`, String(fill)) +
            line(
              `M0 ${top + 24}` + many(10, (k) => `q60 ${(k + i) % 2 === 0 ? -26 : 22} 120 0`),
              i % 2 === 0 ? ink.sky : ink.sand,
              7,
              ` stroke-dasharray="${130 + i * 30} ${60 + i * 24}"`,
            );
    })
    .join('');
  return {
    ground: ink.rose,
    art:
      cleared({
        name: 'grothendieck',
        fill: ink.paper,
        angle: () => 0,
        keep: (x, y) => y < 890 && far(x, y, 600, 400) > 390,
        spacing: 60,
        thickness: 3.5,
      }) +
      sun +
      nut +
      sea,
  };
}
