import { victim } from './ending.ts';
import type { Mutant } from './mutants.ts';
import { quietEvening, stormyEvening } from './quiet-evening.ts';

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
    name: '− whose document throws is found apart',
    rule: '§7 rule 10, F88',
    late: 'a lost edit',
    patches: [
      {
        file: 'src/publishing/publish-guarded.ts',
        from: 'const { tryOut } = publisher;',
        to: 'const tryOut = publisher.tryOut && undefined;',
      },
      {
        file: 'lambdas/publish-batch.ts',
        from: 'const refusals = await services.tryOut(message.ids);',
        to: 'const refusals: Refusals = new Map();',
      },
    ],
    world: quietEvening({ kind: 'document-throws', id: victim }),
    seed: 2,
    budget: 20,
  },
  {
    name: '− who comes again is tried apart',
    rule: '§7 rule 10, F87',
    late: 'a lost edit',
    patches: [
      {
        file: 'lambdas/publish-batch.ts',
        from: 'const refusals = await services.tryOut(message.ids);',
        to: 'const refusals: Refusals = new Map();',
      },
    ],
    world: quietEvening({ kind: 'document-kills', id: victim }),
    seed: 2,
    budget: 20,
  },
  {
    name: '− a message comes back soon after its invocation was killed',
    rule: '§7 rule 10',
    late: 'an edit that arrived',
    patches: [
      {
        file: 'cdk/charter/queues.ts',
        from: "limits['publish-briefings'].timeoutSeconds + 5,",
        to: "6 * limits['publish-briefings'].timeoutSeconds,",
      },
    ],
    world: stormyEvening,
    seed: 2,
    budget: 30,
  },
  {
    name: '− a walk that fails lets the others go first',
    rule: '§7 rule 3',
    late: 'the deep check',
    patches: [
      {
        file: 'src/publishing/advance.ts',
        from: "if (outcome === 'failed') continue;",
        to: "if (outcome === 'failed') return result('done');",
      },
      {
        file: 'src/publishing/walk.ts',
        from: 'const patience = 2;',
        to: 'const patience = 2_000;',
      },
    ],
    world: quietEvening({ kind: 'query', query: 'revisions' }),
    seed: 1,
    budget: 10,
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
