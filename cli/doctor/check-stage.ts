import type { Finding } from './finding.ts';
import type { Observations } from './observe.ts';

/** Whether somebody has said what is the stage's own. Until then there is nothing else to look at. */
export function stageValues({ values }: Pick<Observations, 'values'>): readonly Finding[] {
  return values.unset.length === 0
    ? []
    : [
        {
          code: 'stage-unset',
          what: `In cdk/charter/stages.ts this stage still has the example's ${values.unset.join(' and ')}.`,
          fix:
            'Set them there: sanity.projectId is the id at https://www.sanity.io/manage; tagAuthority is a name that is ' +
            'yours and a year, such as "briefings.example.org,2026", and part of every feed id for ever.',
        },
      ];
}
