import type { Path } from '../../src/briefing/resolved.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';

const nowhere: Path = '/nowhere/';

/** An edition with a fault: the pages of briefings with a certain headline lead to where nothing ever stands. */
export function faultyEdition(edition: Renderers): Renderers {
  return {
    ...edition,
    briefing: (input) =>
      edition.briefing(input).map((object) =>
        object.path === input.path && input.resolved.briefing.headline === 'Relief arrives'
          ? {
              ...object,
              body: `${object.body}<a href="${nowhere}">`,
              leadsTo: [...object.leadsTo, nowhere],
            }
          : object,
      ),
  };
}
