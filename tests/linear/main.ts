import { whole } from './cases.ts';
import { complaint, measured, most, steepest } from './growth.ts';

/*
 * Every kind of text in every field, in four shapes where texts are long, from 8 k characters to 128 k.
 */
const lengths = [8_192, 32_768, 131_072];
const complaints: string[] = [];
let slowest = { milliseconds: 0, of: '' };
let field = '';
for (const [at, each] of whole.entries()) {
  if (each.field !== field) {
    field = each.field;
    console.log(`${String(at).padStart(5)} of ${whole.length}  ${field}`);
  }
  const growth = measured(each, lengths);
  const milliseconds = growth.times.at(-1)?.milliseconds ?? 0;
  if (milliseconds > slowest.milliseconds) {
    slowest = { milliseconds, of: `${each.field}, ${each.kind}, ${each.shape}` };
  }
  const wrong = complaint(growth);
  if (wrong === null) continue;
  complaints.push(wrong);
  console.log(`      ${wrong}`);
}
console.log(`slowest: ${slowest.of}, ${slowest.milliseconds.toFixed(0)} ms`);
console.log(
  `${whole.length} texts, ${complaints.length} above ${most} ms or an exponent of ${steepest}`,
);
process.exitCode = complaints.length === 0 ? 0 : 1;
