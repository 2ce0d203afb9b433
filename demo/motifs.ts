import type { Motif } from './linocut.ts';
import { armstrong } from './motifs/armstrong.ts';
import { austen } from './motifs/austen.ts';
import { baird } from './motifs/baird.ts';
import { braille } from './motifs/braille.ts';
import { gagarin } from './motifs/gagarin.ts';
import { gaudi } from './motifs/gaudi.ts';
import { goddard } from './motifs/goddard.ts';
import { goldberg } from './motifs/goldberg.ts';
import { grothendieck } from './motifs/grothendieck.ts';
import { hokusai } from './motifs/hokusai.ts';
import { ibnKhaldun } from './motifs/ibn-khaldun.ts';
import { icrc } from './motifs/icrc.ts';
import { kovalevskaya } from './motifs/kovalevskaya.ts';
import { lagerlof } from './motifs/lagerlof.ts';
import { lazarus } from './motifs/lazarus.ts';
import { lehmann } from './motifs/lehmann.ts';
import { loom } from './motifs/loom.ts';
import { lovelace } from './motifs/lovelace.ts';
import { maathai } from './motifs/maathai.ts';
import { nansen } from './motifs/nansen.ts';
import { noor } from './motifs/noor.ts';
import { ummKulthum } from './motifs/umm-kulthum.ts';
import { webb } from './motifs/webb.ts';

/** Every portrait by the name of its file. What each shows is told by its alternative text. */
export const motifs: Readonly<Record<string, () => Motif>> = {
  armstrong,
  austen,
  baird,
  braille,
  gagarin,
  gaudi,
  goddard,
  goldberg,
  grothendieck,
  hokusai,
  'ibn-khaldun': ibnKhaldun,
  icrc,
  kovalevskaya,
  lagerlof,
  lazarus,
  lehmann,
  loom,
  lovelace,
  maathai,
  nansen,
  noor,
  'umm-kulthum': ummKulthum,
  webb,
};
