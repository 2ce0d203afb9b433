import { victim } from './ending.ts';
import type { Mutant } from './mutants.ts';
import { quietEvening } from './quiet-evening.ts';

/** Rules without which everything stays right, and comes too late. */
export const lateMutants: readonly Mutant[] = [
  {
    name: '− the lake is compared every quarter of an hour',
    rule: '§3 reconcile',
    late: 'a lost edit',
    patches: [
      {
        file: 'cdk/charter/schedules.ts',
        from: "expression: 'rate(15 minutes)'",
        to: "expression: 'rate(45 minutes)'",
      },
    ],
    world: quietEvening(null),
    seed: 1,
    budget: 10,
  },
  {
    name: '− a deletion that nobody told of is found by the count',
    rule: '§7 rule 13',
    late: 'a lost deletion',
    patches: [
      {
        file: 'src/publishing/reconcile.ts',
        from: 'const full = deep || !(await countsFit(publisher, seen, recent));',
        to: 'const full = deep;',
      },
    ],
    world: quietEvening(null),
    seed: 1,
    budget: 10,
  },
  {
    name: '− a batch that fails is taken apart',
    rule: '§7 rule 10, F44',
    late: 'an edit that arrived',
    patches: [
      {
        file: 'lambdas/publish-batch.ts',
        from: 'if (messages.length > 1) {',
        to: 'if (messages.length > 100) {',
      },
    ],
    world: quietEvening({ kind: 'document-throws', id: victim }),
    seed: 2,
    budget: 20,
  },
  {
    name: '− deep at night',
    rule: '§3 deep',
    late: 'the deep check',
    patches: [
      {
        file: 'cdk/charter/schedules.ts',
        from: "event: { sweep: 'deep' }",
        to: "event: { sweep: 'due' }",
      },
    ],
    world: quietEvening(null),
    seed: 1,
    budget: 10,
  },
  {
    name: '− receipts go after seven days',
    rule: '§7 rule 6',
    late: 'the collector',
    patches: [
      {
        file: 'src/publishing/collect.ts',
        from: 'const receiptsKeptFor = 7 * day;',
        to: 'const receiptsKeptFor = 70 * day;',
      },
    ],
    world: quietEvening(null),
    seed: 1,
    budget: 10,
  },
];
