import { describe, expect, it } from 'vitest';
import { identitiesOf } from '../../src/briefing/identity.ts';
import type { Identity } from '../../src/briefing/model.ts';

const soviet = identity('country-su', null, '1991-12-25');
const russian = identity('country-ru', '1991-12-26', null);
const person = { identities: [soviet, russian] };

describe('the Westphalian identity', () => {
  it.each([
    ['1985-03-11', ['country-su']],
    ['1991-12-25', ['country-su']],
    ['1991-12-26', ['country-ru']],
    ['2026-11-24', ['country-ru']],
  ])('is of the day of the briefing: on %s it is %j', (date, countries) => {
    expect(countriesOn(date, person)).toEqual(countries);
  });

  it('holds through all of a month or a year that is all that is known of its end', () => {
    const emigrant = {
      identities: [
        identity('country-hu', null, '1956'),
        identity('country-at', '1956-11', '1960-02'),
      ],
    };
    expect(
      ['1955-01-01', '1956-12-31', '1957-01-01', '1960-02-29', '1960-03-01'].map((date) =>
        countriesOn(date, emigrant),
      ),
    ).toEqual([['country-hu'], ['country-hu', 'country-at'], ['country-at'], ['country-at'], []]);
  });

  it('may be several at once, in the order of the record', () => {
    const two = {
      identities: [identity('country-us', null, null), identity('country-il', null, null)],
    };
    expect(countriesOn('2026-11-24', two)).toEqual(['country-us', 'country-il']);
  });

  it('may be none, or that of the stateless', () => {
    expect(countriesOn('2026-11-24', { identities: [] })).toEqual([]);
    const stateless = { identities: [identity('country-stateless', null, null)] };
    expect(countriesOn('2026-11-24', stateless)).toEqual(['country-stateless']);
  });

  it('is what the briefing says where it overrides, periods and all', () => {
    const override = [identity('country-su', '1917', '1991')];
    expect(identitiesOf({ identities: override, date: '2026-11-24' }, person)).toEqual(override);
  });
});

function countriesOn(date: string, of: { readonly identities: readonly Identity[] }): string[] {
  return identitiesOf({ identities: null, date }, of).map(({ countryId }) => countryId);
}

function identity(countryId: string, from: string | null, until: string | null): Identity {
  return { countryId, demonym: null, note: null, from, until };
}
