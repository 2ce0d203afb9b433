import { Writable } from 'node:stream';
import { Presets, SingleBar } from 'cli-progress';

/** How far a long piece of work has come. A bar for who watches; a line now and then for a log. */
export interface Progress {
  /** Begin a piece of work, and end the one before. Without a total only its name is told. */
  begin(what: string, total?: number): void;
  step(by?: number): void;
  end(): void;
}

/** Progress on stderr. Short pieces of work say nothing at all. */
export function progressOn({
  err,
  isWatched,
  width,
}: {
  readonly err: (text: string) => void;
  readonly isWatched: boolean;
  readonly width: number;
}): Progress {
  return isWatched ? bars(err, width) : lines(err);
}

function bars(err: (text: string) => void, width: number): Progress {
  let bar: SingleBar | null = null;
  const end = (): void => {
    bar?.stop();
    bar = null;
  };
  return {
    begin(what, total = 0) {
      end();
      bar = new SingleBar(
        {
          format: total > 0 ? `${what} {bar} {value}/{total}` : what,
          barsize: Math.max(10, Math.min(40, width - what.length - 20)),
          hideCursor: true,
          clearOnComplete: true,
          stream: streamTo(err),
        },
        Presets.shades_classic,
      );
      bar.start(total, 0);
    },
    step: (by = 1) => bar?.increment(by),
    end,
  };
}

function streamTo(err: (text: string) => void): NodeJS.WritableStream {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      err(String(chunk));
      done();
    },
  });
  return Object.assign(stream, { isTTY: true });
}

/** A line at every tenth, so that a log of a long run stays short. */
function lines(err: (text: string) => void): Progress {
  let work = { what: '', total: 0, done: 0, told: 0 };
  return {
    begin(what, total = 0) {
      work = { what, total, done: 0, told: 0 };
      err(total > 0 ? `${what}: ${total}\n` : `${what}\n`);
    },
    step(by = 1) {
      work.done += by;
      const tenth = work.total === 0 ? 0 : Math.floor((work.done * 10) / work.total);
      if (tenth === work.told || work.total < 500) return;
      work.told = tenth;
      err(`${work.what}: ${work.done} of ${work.total}\n`);
    },
    end() {
      work = { what: '', total: 0, done: 0, told: 0 };
    },
  };
}
