import type { Command } from 'commander';
import { type Answer, described, type Run } from './command.ts';
import { stageValues } from './doctor/check-stage.ts';
import { checks } from './doctor/checks.ts';
import type { Finding } from './doctor/finding.ts';
import { observe, type Observations } from './doctor/observe.ts';
import { counted } from './problem-lines.ts';
import { stageOptions, type StageValues, withStageOptions } from './stage-values.ts';

export const doctorCommand = (run: Run): Command =>
  withStageOptions(
    described('doctor', 'Names what is misconfigured between Sanity, the receiver and the site.', [
      'pressrun doctor                        (the running local stack)',
      'pressrun doctor --stage staging',
      'pressrun doctor --project abc12345 --dataset production --visibility private \\',
      '    --webhook-url https://….on.aws/ --site-url https://briefings.example \\',
      '    --studio-url https://studio.example.org',
    ]),
  ).action(
    run(stageOptions, async ({ options }, tools) => {
      const stage = await tools.connected(options);
      const unset = stageValues(stage);
      if (unset.length > 0) return unsetStage(stage.values, unset);
      tools.progress.begin('looking at the project, the receiver and the site');
      return diagnosis(await observe(stage, { fetch, now: Date.now }));
    }),
  );

/** What the checks make of what was seen. */
export function diagnosis(seen: Observations): Answer {
  const looked = checks.filter(({ blind }) => blind(seen) === null);
  const findings = looked.flatMap(({ find }) => find(seen));
  const notLooked = checks.flatMap(({ of, blind }) => {
    const why = blind(seen);
    return why === null ? [] : [{ of, why }];
  });
  const { projectId, dataset } = seen.values;
  return {
    problems: findings.length > 0,
    lines: [
      `project ${projectId}, dataset ${dataset}`,
      ...findings.flatMap(findingLines),
      ...notLooked.map(({ of, why }) => `not looked at: ${of}, since there is ${why}`),
      findings.length === 0
        ? `healthy: ${counted(looked.length, 'check')}, nothing found`
        : `found ${counted(findings.length, 'misconfiguration')} in ${counted(looked.length, 'check')}`,
    ],
    data: { project: projectId, dataset, findings, looked: looked.map(({ of }) => of), notLooked },
  };
}

/** Nothing is asked of a project that nobody has named. */
function unsetStage({ projectId, dataset }: StageValues, findings: readonly Finding[]): Answer {
  return {
    problems: true,
    lines: [
      `project ${projectId}, dataset ${dataset}`,
      ...findings.flatMap(findingLines),
      'not looked at: everything else, until that is set',
    ],
    data: {
      project: projectId,
      dataset,
      findings,
      looked: ['the values of the stage'],
      notLooked: [],
    },
  };
}

function findingLines({ code, what, fix }: Finding): readonly string[] {
  return [`  ${code}: ${what}`, `    fix: ${fix}`];
}
