import { runHistory, scenario } from './history.ts';
const n = Number(process.argv[2] ?? 1),
  from = Number(process.argv[3] ?? 1);
let broken = 0;
const t0 = Date.now();
for (let seed = from; seed < from + n; seed++) {
  try {
    const r = await runHistory(scenario(seed));
    if (n < 5) console.log(seed, r.puts, r.releases, r.edits.length);
  } catch (e) {
    broken++;
    if (broken < 4)
      console.log(
        e.message,
        n < 3 ? '\n' + e.edits : '',
        e.cause?.stack
          ?.split('\n')
          .slice(0, n < 3 ? 6 : 1)
          .join('\n'),
      );
  }
}
console.log(`histories ${n}, broken ${broken}, ${(Date.now() - t0) / n} ms each`);
