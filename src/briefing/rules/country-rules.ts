import { countryCodeKind } from '../country-code.ts';
import type { CountryDocument } from '../document.ts';
import type { Problem } from '../model.ts';
import { error, quoted, warning } from '../problem.ts';
import { isBlank } from '../unicode.ts';

/** A code that is assigned, was assigned, or is marked as the publication's own. */
export function codeIsKnown({ code, status }: CountryDocument): Problem[] {
  if (code === undefined || isBlank(code)) return [];
  const kind = countryCodeKind(code);
  if (kind === 'unknown') {
    return [
      error({
        code: 'unknown-country-code',
        path: 'code',
        message: `${quoted(code)} is no code of a country or a former state.`,
        fix: 'Write the ISO code in capitals, such as KZ; a code of our own begins with X-, such as X-STATELESS.',
      }),
    ];
  }
  if (kind !== 'former' || status === undefined || status === 'former') return [];
  return [
    warning({
      code: 'former-country-code',
      path: 'status',
      message: `${quoted(code)} is the code of a former state, but its status is ${quoted(status)}.`,
      fix: 'Choose the status former, or correct the code.',
    }),
  ];
}
