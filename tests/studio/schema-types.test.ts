import { describe, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import type {
  Author,
  Briefing,
  Country,
  Person,
  Redirect,
  SiteSettings,
  Team,
  Topic,
} from '../../sanity/sanity.types.ts';
import type { wireSchemas } from '../../src/briefing/document.ts';

/**
 * What the Studio writes is what the core reads: every field has the same name and the same type in
 * both, to the last group within a list. The compiler is the judge; nothing is left to do at run time.
 */

/** What goes into the core's schema of a type. */
type Wire<Type extends keyof typeof wireSchemas> = z.input<(typeof wireSchemas)[Type]>;

/** Sanity's own: of its media library, and where a slug came from. Nothing of ours is called so. */
type OfSanity = 'media' | 'source';

/** Fields and what they hold, without what the lake adds and whether they may be absent. */
type Fields<Value> = Value extends readonly (infer Entry)[]
  ? Fields<Entry>[]
  : Value extends { readonly _ref: string }
    ? 'a reference'
    : Value extends object
      ? {
          [Name in keyof Value as IsField<Name> extends true ? Name : never]-?: Fields<
            NonNullable<Value[Name]>
          >;
        }
      : Value;

type IsField<Name> = Name extends `_${string}` | OfSanity | symbol ? false : true;

/** The core reads Portable Text block by block, so to its schema an answer is a list of anything. */
type Answer =
  | 'whyInTheNews'
  | 'whyWeCare'
  | 'whyYouShouldCare'
  | 'whoElseCares'
  | 'furtherComments';

describe('the types of the Studio', () => {
  it('are taken by the core as they are', () => {
    expectTypeOf<Briefing>().toExtend<Wire<'briefing'>>();
    expectTypeOf<Person>().toExtend<Wire<'person'>>();
    expectTypeOf<Country>().toExtend<Wire<'country'>>();
    expectTypeOf<Team>().toExtend<Wire<'team'>>();
    expectTypeOf<Author>().toExtend<Wire<'author'>>();
    expectTypeOf<Topic>().toExtend<Wire<'topic'>>();
    expectTypeOf<Redirect>().toExtend<Wire<'redirect'>>();
    expectTypeOf<SiteSettings>().toExtend<Wire<'siteSettings'>>();
  });

  it('have the fields that the core reads, and no others', () => {
    expectTypeOf<keyof Fields<Briefing>>().toEqualTypeOf<keyof Fields<Wire<'briefing'>>>();
    expectTypeOf<Fields<Omit<Briefing, Answer>>>().toEqualTypeOf<
      Fields<Omit<Wire<'briefing'>, Answer>>
    >();
    expectTypeOf<Fields<Person>>().toEqualTypeOf<Fields<Wire<'person'>>>();
    expectTypeOf<Fields<Country>>().toEqualTypeOf<Fields<Wire<'country'>>>();
    expectTypeOf<Fields<Team>>().toEqualTypeOf<Fields<Wire<'team'>>>();
    expectTypeOf<Fields<Author>>().toEqualTypeOf<Fields<Wire<'author'>>>();
    expectTypeOf<Fields<Topic>>().toEqualTypeOf<Fields<Wire<'topic'>>>();
    expectTypeOf<Fields<Redirect>>().toEqualTypeOf<Fields<Wire<'redirect'>>>();
    expectTypeOf<Fields<SiteSettings>>().toEqualTypeOf<Fields<Wire<'siteSettings'>>>();
  });

  it('would not pass with a field misspelt, missing or of another type', () => {
    type Misspelt = Omit<Topic, 'title'> & { readonly tilte?: string };
    expectTypeOf<Fields<Misspelt>>().not.toEqualTypeOf<Fields<Wire<'topic'>>>();
    expectTypeOf<Fields<Omit<Topic, 'title'>>>().not.toEqualTypeOf<Fields<Wire<'topic'>>>();
    expectTypeOf<Omit<Topic, 'title'> & { readonly title: number }>().not.toExtend<Wire<'topic'>>();
  });
});
