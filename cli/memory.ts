import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Call it once a piece of long work. The engine puts collection off while the machine has memory left,
 * and on a large one takes several times what the work needs; every so many pieces it is asked to collect.
 */
export function collectingEvery(pieces: number): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  let done = 0;
  return () => {
    done += 1;
    if (done % pieces === 0 && typeof collect === 'function') collect();
  };
}
