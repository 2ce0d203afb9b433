import type { Scenario } from './scenario.ts';
import { lateMutants } from './late-mutants.ts';
import type { Promised } from './liveness.ts';
import { briefing, reference, slug, type Edit } from './newsroom.ts';

/**
 * The kill table: each rule of the protocol with the change of text that takes it away. A mutant is
 * made while bundling, so production code carries no switches; one whose text is not found fails.
 */
export interface Mutant {
  readonly name: string;
  /** The rule, as `docs/publish-protocol.md` numbers it. */
  readonly rule: string;
  readonly patches: readonly Patch[];
  /** What comes too late when the rule is taken away; absent: something is broken. */
  readonly late?: Promised;
  /** What the world must be like for the rule to matter. */
  readonly world: Partial<Scenario>;
  /** A seed known to catch it: tried first. */
  readonly seed: number;
  /** Histories tried at the most. */
  readonly budget: number;
}
export interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const publishing = (file: string): string => `src/publishing/${file}`;

export const mutants: readonly Mutant[] = [
  ...lateMutants,
  {
    name: '− If-Match on objects, three workers',
    rule: '§3 apply',
    patches: [unconditional()],
    world: { queue: 'wide' },
    seed: 8,
    budget: 500,
  },
  {
    name: '− If-Match on objects, FIFO only',
    rule: '§3 apply',
    patches: [unconditional()],
    world: { queue: 'product' },
    seed: 2,
    budget: 1000,
  },
  {
    name: '− release stamp in the bytes',
    rule: '§4 unique bytes',
    patches: [
      { file: publishing('drawing.ts'), from: 'stampOf(object, seq)', to: 'stampOf(object, 1)' },
      {
        file: publishing('release.ts'),
        from: 'stampOf(write.object, seq)',
        to: 'stampOf(write.object, 1)',
      },
    ],
    world: {},
    seed: 1,
    budget: 500,
  },
  {
    name: '− root read before lake read',
    rule: '§3 R1',
    patches: [
      {
        file: publishing('publish.ts'),
        from: '    let seen = await readRoot(ports, stage.epoch);\n    if (seen.root.hold',
        to:
          '    const early = await readLake(publisher, (await readRoot(ports, stage.epoch)).root, request);\n' +
          '    let seen = await readRoot(ports, stage.epoch);\n    if (seen.root.hold',
      },
      {
        file: publishing('publish.ts'),
        from: 'const documents = await readLake(publisher, seen.root, asked);',
        to: 'const documents = early;',
      },
    ],
    world: { queue: 'wide', edits: oneComesAndGoes(), collects: false, damage: false },
    seed: 33,
    budget: 1000,
  },
  {
    name: '− finish the pending release first',
    rule: '§3 R2',
    patches: [
      {
        file: publishing('publish.ts'),
        from: 'if (seen.root.release !== null) {',
        to: 'if (seen.root.seq < 0) {',
      },
    ],
    world: {},
    seed: 6,
    budget: 1000,
  },
  {
    name: '− order: indexes first',
    rule: '§3 R3',
    patches: [phases('[3, 1, 2, 4, 5]')],
    world: {},
    seed: 1,
    budget: 100,
  },
  {
    name: '− order: removals first',
    rule: '§3 R3',
    patches: [phases('[5, 4, 1, 2, 3]')],
    world: {},
    seed: 2,
    budget: 100,
  },
  {
    name: '− order: removals with moves',
    rule: '§3 R3',
    patches: [
      {
        file: publishing('drawing.ts'),
        from: 'if (object.status === 410) return 5;',
        to: 'if (object.status === 410) return 4;',
      },
    ],
    world: {},
    seed: 249,
    budget: 5000,
  },
  {
    name: '− order: a redirect follows its page with the moves',
    rule: '§3 R3',
    patches: [
      {
        file: publishing('drawing.ts'),
        from: 'return before?.status === 301 ? 3 : 4;',
        to: 'return 4;',
      },
    ],
    world: { tasksPerRelease: 1, edits: oneMovesOn() },
    seed: 4,
    budget: 300,
  },
  {
    name: '− commit before apply',
    rule: '§3 commit',
    patches: [
      {
        file: publishing('publisher.ts'),
        from: '  const etag = await swapRoot(ports, seen, next.root);',
        to:
          '  if (next.release !== null) await applyRelease(ports, next.release.release);\n' +
          '  const etag = await swapRoot(ports, seen, next.root);',
      },
      {
        file: publishing('publisher.ts'),
        from: 'import { swapRoot,',
        to: "import { applyRelease } from './apply.ts';\nimport { swapRoot,",
      },
    ],
    world: {},
    seed: 2,
    budget: 500,
  },
  {
    name: '− strong read decides',
    rule: '§3 doc',
    patches: [],
    world: { lake: { queryLag: 60_000, readsLag: true, refusalIsAbsence: false, forbidden: 0 } },
    seed: 11,
    budget: 500,
  },
  {
    name: '− reconcile',
    rule: '§3 reconcile',
    patches: [],
    world: { reconciles: false, deep: false, damage: false, collects: false, deploys: false },
    seed: 1,
    budget: 200,
  },
  {
    name: '− deep check on a damaged bucket',
    rule: '§3 rebase',
    patches: [],
    world: { deep: false, damage: true, deploys: false },
    seed: 1,
    budget: 200,
  },
  {
    name: '− rebase of a foreign change',
    rule: '§3 rebase',
    patches: [
      {
        file: publishing('publish.ts'),
        from: 'const seq = await rebase(publisher, now);',
        to: 'const seq = null as { seq: number; keys: number } | null;',
      },
    ],
    world: { damage: true },
    seed: 2,
    budget: 500,
  },
  {
    name: '− the rest of a fan-out is kept in the root',
    rule: '§7 rule 3',
    patches: [
      {
        file: publishing('pending.ts'),
        from: 'for (const [cause, fresh] of await fanOuts(context, standing)) {',
        to: 'for (const [cause, fresh] of [...(await fanOuts(context, standing))].slice(0, 0)) {',
      },
    ],
    world: { tasksPerRelease: 1 },
    seed: 4,
    budget: 500,
  },
  {
    name: '− a removed page waits for its linkers',
    rule: '§7 rule 3',
    patches: [
      {
        file: publishing('departures.ts'),
        from: '.filter((id) => !isWaitedFor(`document:${id}`))',
        to: '',
      },
    ],
    world: { tasksPerRelease: 1 },
    seed: 12,
    budget: 1000,
  },
  {
    name: '− who stays for a while keeps what it links to',
    rule: '§7 rule 3',
    patches: [
      {
        file: publishing('departures.ts'),
        from: 'if (!(await isHeldBack(context, id, going))) continue;',
        to: 'if (going.has(id)) continue;',
      },
    ],
    world: { tasksPerRelease: 1 },
    seed: 420,
    budget: 5000,
  },
  {
    name: '− a removal waits for the translations it has left',
    rule: '§7 rule 3',
    patches: [
      {
        file: publishing('place-briefing.ts'),
        from: '[...leftGroups, before.original, original], cause',
        to: '[before.original, original], cause',
      },
    ],
    world: { tasksPerRelease: 1, edits: aTranslationLeavesAndGoes() },
    seed: 3,
    budget: 300,
  },
  {
    name: '− the group that was left in this very step is remembered',
    rule: '§7 rule 3',
    patches: [
      {
        file: publishing('place-briefing.ts'),
        from: '? before.leftGroups.filter((group) => group === originally)',
        to: '? before.leftGroups.filter((group) => group === originally).slice(0, 0)',
      },
    ],
    world: {
      tasksPerRelease: 1,
      deliveries: { lost: 1, doubled: 0, lateBy: 0 },
      often: { sweep: 'reconcile', minutes: 2 },
      edits: aGroupGoesAtOnce(),
    },
    seed: 2,
    budget: 100,
  },
  {
    name: '− a removal waits for those that lead to its address by its predecessors',
    rule: '§7 rule 3',
    patches: [
      {
        file: publishing('place-briefing.ts'),
        from: 'if (linkChanged && !nowLive) await addLinkersOfPredecessors(context, entry, cause);',
        to: '',
      },
    ],
    world: { tasksPerRelease: 1, edits: aSuccessorGoes() },
    seed: 8,
    budget: 300,
  },
  {
    name: '− a claim is as old as its revision',
    rule: 'F21',
    patches: [
      {
        file: publishing('evaluate-briefing.ts'),
        from: 'if (!before.includes(address) || isYounger)',
        to: 'if (!before.includes(address))',
      },
    ],
    world: { edits: aClaimantIsMadeAgain() },
    seed: 9,
    budget: 300,
  },
  {
    name: '− a page that stays keeps its translations',
    rule: '§7 rule 3',
    patches: [
      {
        file: publishing('departures.ts'),
        from: 'return [...linkers, ...translations.flat()];',
        to: 'return [...linkers, ...translations.flat().slice(0, 0)];',
      },
    ],
    world: { tasksPerRelease: 1, edits: aTranslationGoesFirst() },
    seed: 12,
    budget: 300,
  },
  // Not here: a repair that is asked for twice. The seed that showed it no longer does, and the search for another did not end.
  {
    name: '− the guard on links',
    rule: '§7 rule 5',
    patches: [
      {
        file: publishing('check-links.ts'),
        from: 'if (toNothing.length > 0) {',
        to: 'if (toNothing.length < 0) {',
      },
    ],
    world: { leadsAstray: true },
    seed: 2,
    budget: 300,
  },
  {
    name: '− the revision that leads nowhere is refused, not the site',
    rule: '§7 rule 5',
    patches: [
      {
        file: publishing('step.ts'),
        from: 'return refusingWhatLeadsNowhere(input, decideOnce);',
        to: 'return decideOnce(input);',
      },
    ],
    world: { leadsAstray: true },
    seed: 2,
    budget: 300,
  },
  {
    name: '− what was refused for its drawing is history',
    rule: '§7 rule 5',
    patches: [
      {
        file: publishing('history.ts'),
        from: 'if (refused?.epoch !== undefined) {',
        to: 'if (refused?.epoch === 0) {',
      },
    ],
    world: { leadsAstray: true },
    seed: 1,
    budget: 300,
  },
  {
    name: '− newer code looks again at what older code could not draw',
    rule: '§7 rule 9',
    patches: [
      {
        file: publishing('compare.ts'),
        from: 'if (refused?.epoch !== undefined && refused.epoch !== epoch) return false;',
        to: '',
      },
    ],
    world: { leadsAstray: true, deploys: true },
    seed: 4,
    budget: 300,
  },
  {
    name: '− linkers are found by the inbound index',
    rule: '§7 rules 3, 5',
    patches: [
      {
        file: publishing('links.ts'),
        from: 'inParallel(entry?.linkedIn ?? [], (bucket) =>',
        to: 'inParallel(entry?.linkedIn.slice(0, 0) ?? [], (bucket) =>',
      },
    ],
    world: {},
    seed: 4,
    budget: 200,
  },
  {
    name: '− a node is kept while a root of 90 days may name it',
    rule: '§7 rule 6',
    patches: [
      {
        file: publishing('collect.ts'),
        from: 'if (!kept.has(node.key) && !isNamed(node.key)) nodes.push(node);',
        to: 'nodes.push(node);',
      },
    ],
    world: { collects: true },
    seed: 1,
    budget: 200,
  },
  {
    name: '− nextDue',
    rule: '§7 rule 8',
    patches: [
      {
        file: publishing('step.ts'),
        from: 'await addDueBriefings(context);',
        to: '',
      },
    ],
    world: {},
    seed: 2,
    budget: 200,
  },
  {
    name: '− code of another epoch never commits',
    rule: '§7 rule 9',
    patches: [
      {
        file: publishing('publish.ts'),
        from: 'if (seen.root.epoch !== stage.epoch) {',
        to: 'if (seen.root.epoch < 0) {',
      },
      {
        file: publishing('sweep.ts'),
        from: 'if (root.epoch !== stage.epoch)',
        to: 'if (root.epoch < 0)',
      },
    ],
    world: { deploys: true },
    seed: 1,
    budget: 200,
  },
  {
    name: '− the raise has everything drawn again',
    rule: '§7 rule 9',
    patches: [
      {
        file: publishing('raise-epoch.ts'),
        from: "const walks = beginWalk(root.walks, 'redraw', ports.clock.now());",
        to: 'const { walks } = root;',
      },
    ],
    world: { deploys: true },
    seed: 4,
    budget: 200,
  },
  {
    name: '− the swap that raises names the root it has seen',
    rule: '§7 rule 9',
    patches: [
      raises(
        'await ports.clock.sleep(500).then(async () => swapRoot(ports, await readRoot(ports, epoch), { ...root, epoch, walks }))',
      ),
    ],
    world: { deploys: true },
    seed: 252,
    budget: 500,
  },
  {
    name: '− a hold finishes first what is committed',
    rule: '§7 rule 10',
    patches: [
      {
        file: publishing('hold.ts'),
        from: 'const settled = await finishOrGiveWay(publisher, seen);',
        to: 'const settled: typeof seen | null = seen;',
      },
    ],
    world: { holds: true },
    seed: 3,
    budget: 500,
  },
  {
    name: '− on hold nothing is published',
    rule: '§7 rule 10',
    patches: [
      {
        file: publishing('publish.ts'),
        from: "if (seen.root.hold !== null) return { kind: 'held', reason: seen.root.hold.reason };",
        to: '',
      },
    ],
    world: { holds: true },
    seed: 1,
    budget: 500,
  },
  {
    name: '− the status names what it has seen of itself',
    rule: '§1 outside',
    patches: [
      {
        file: publishing('tell-status.ts'),
        from: "standing === null ? { ifNoneMatch: '*' } : { ifMatch: standing },",
        to:
          'await standingStatus(ports).then((latest) =>\n' +
          "          latest === null ? { ifNoneMatch: '*' } : { ifMatch: latest },\n" +
          '        ),',
      },
    ],
    world: { queue: 'wide' },
    seed: 35,
    budget: 500,
  },
  {
    name: '− of a status the root is read last',
    rule: '§1 outside',
    patches: [
      {
        file: publishing('tell-status.ts'),
        from:
          'const standing = await standingStatus(ports);\n' +
          '  return { standing, root: (await readRoot(ports, stage.epoch)).root };',
        to:
          'const { root } = await readRoot(ports, stage.epoch);\n' +
          '  return { standing: await standingStatus(ports), root };',
      },
    ],
    world: { queue: 'wide' },
    seed: 10,
    budget: 1000,
  },
  {
    name: '− what leaves quarantine is counted no more',
    rule: '§1 outside',
    patches: [
      {
        file: publishing('step.ts'),
        from: 'Number(isQuarantined(after)) - Number(isQuarantined(before))',
        to: 'Math.max(0, Number(isQuarantined(after)) - Number(isQuarantined(before)))',
      },
    ],
    world: {},
    seed: 1,
    budget: 100,
  },
  {
    name: '− one swap raises: the work is handed over before',
    rule: '§7 rule 9',
    patches: [
      raises(
        '(await swapRoot(ports, seen, { ...root, walks })) && (await ports.clock.sleep(90_000).then(() => readRoot(ports, epoch)).then((latest) => swapRoot(ports, latest, { ...latest.root, epoch })))',
      ),
    ],
    world: { deploys: true, queue: 'wide' },
    seed: 4,
    budget: 2000,
  },
  {
    name: '− one swap raises: the work is handed over afterwards',
    rule: '§7 rule 9',
    patches: [
      raises(
        'await swapRoot(ports, seen, { ...root, epoch }).then((etag) => ports.clock.sleep(90_000).then(() => etag)).then((etag) => etag && swapRoot(ports, { root, etag }, { ...root, epoch, walks }))',
      ),
    ],
    world: { deploys: true },
    seed: 4,
    budget: 500,
  },
  {
    name: '− what new code alone has stands before a page leads there',
    rule: '§7 rule 9',
    patches: [
      {
        file: publishing('step.ts'),
        from: 'touched.newcomers = !isFirst(input);',
        to: 'touched.newcomers = false;',
      },
    ],
    world: { deploys: true, tasksPerRelease: 1 },
    seed: 1,
    budget: 100,
  },
  {
    name: '− what the code before alone had is taken down',
    rule: '§7 rule 9',
    patches: [
      {
        file: publishing('check-bucket.ts'),
        from: 'isDrawnAgain && view.epoch !== root.epoch',
        to: 'isDrawnAgain && view.epoch > root.epoch',
      },
    ],
    world: { deploys: true },
    seed: 1,
    budget: 100,
  },
  {
    name: '− a view that stays the same notes who looked at it',
    rule: '§7 rule 9',
    patches: [
      {
        file: publishing('drawing.ts'),
        from: 'if (before.epoch !== input.stage.epoch) {',
        to: 'if (before.epoch < 0) {',
      },
    ],
    world: { deploys: true },
    seed: 7,
    budget: 500,
  },
  {
    name: '− absent means absent',
    rule: '§7 rule 11',
    patches: [],
    world: { lake: { queryLag: 1500, readsLag: false, refusalIsAbsence: true, forbidden: 0.2 } },
    seed: 3,
    budget: 500,
  },
  {
    name: '− an older revision that comes twice is taken',
    rule: '§7 rule 11',
    patches: [
      {
        file: publishing('receive.ts'),
        from: 'Date.parse(asOf) - Date.parse(older.seenAt) >= agreesAfter',
        to: 'Date.parse(asOf) < agreesAfter',
      },
    ],
    world: { restores: true },
    seed: 2,
    budget: 100,
  },
  {
    name: '− a reconcile that was overtaken leaves the watermark',
    rule: '§7 rules 9, 13',
    patches: [
      {
        file: publishing('change-root.ts'),
        from: "if (seen.root.epoch !== stage.epoch) return { kind: 'other-epoch', epoch: seen.root.epoch };",
        to: '',
      },
    ],
    world: { deploys: true, often: { sweep: 'reconcile', minutes: 1 } },
    seed: 18,
    budget: 2000,
  },
  {
    name: '− reconcile looks an hour behind its watermark',
    rule: '§7 rule 13',
    patches: [
      {
        file: publishing('reconcile.ts'),
        from: 'Date.parse(root.watermark) - overlap',
        to: 'Date.parse(root.watermark)',
      },
    ],
    world: {
      deep: false,
      deploys: false,
      often: { sweep: 'reconcile', minutes: 1 },
      damage: false,
      collects: false,
      deliveries: { lost: 1, doubled: 0, lateBy: 0 },
      lake: { queryLag: 60_000, readsLag: false, refusalIsAbsence: false, forbidden: 0 },
    },
    seed: 18,
    budget: 300,
  },
  {
    name: '− a count that does not fit starts the full list',
    rule: '§7 rule 13',
    patches: [
      {
        file: publishing('reconcile.ts'),
        from: 'const full = deep || !(await countsFit(publisher, seen, recent));',
        to: 'const full = deep;',
      },
    ],
    world: {
      deep: false,
      deploys: false,
      often: { sweep: 'reconcile', minutes: 1 },
      damage: false,
      collects: false,
      deliveries: { lost: 1, doubled: 0, lateBy: 0 },
    },
    seed: 1,
    budget: 500,
  },
  {
    name: '− moved addresses follow their document in one hop',
    rule: '§7 ledger',
    patches: [
      {
        file: publishing('draw.ts'),
        from: 'for (const address of state.formerly) context.touched.addresses.add(address);',
        to: '',
      },
    ],
    world: {},
    seed: 11,
    budget: 500,
  },
  {
    name: '− what leads on to a page that moves is written with it',
    rule: '§7 ledger',
    patches: [
      {
        file: publishing('step-context.ts'),
        from: 'this.#urgent.add(task);',
        to: '',
      },
    ],
    world: { tasksPerRelease: 1, edits: aRedirectIsTakenOver() },
    seed: 21,
    budget: 300,
  },
  {
    name: '− claimants of a freed address are woken',
    rule: '§7 ledger, F21',
    patches: [
      {
        file: publishing('ledger.ts'),
        from: 'if (record.holder !== null) return;\n  for',
        to: 'if (record.holder === null) return;\n  for',
      },
    ],
    world: {},
    seed: 1,
    budget: 500,
  },
  {
    name: '− a live address is its holder’s',
    rule: '§7 ledger, F21',
    patches: [
      {
        file: publishing('ledger.ts'),
        from: 'if (record.holder !== null) return record.holder === claimant.id ? null : record.holder;',
        to: '',
      },
    ],
    world: { edits: twoWantOneAddress() },
    seed: 1,
    budget: 500,
  },
  {
    name: '− a refusal outlives a second look',
    rule: 'F15',
    patches: [
      {
        file: publishing('evaluate-briefing.ts'),
        from: 'return candidate === null && entry.present && isNewer ? entry.refused : null;',
        to: 'return null;',
      },
    ],
    world: {},
    seed: 8,
    budget: 1000,
  },
];

/** The first publication of a briefing, a moment after the one before; its id is its slug. */
function published(
  id: string,
  {
    mentions = [],
    ...more
  }: { readonly mentions?: readonly string[]; readonly [field: string]: unknown } = {},
): Edit {
  const about = { headline: 'Ada moves', slug: id, date: '2026-10-12', person: 'p-ada', mentions };
  return { after: 100, kind: 'publish', id, fields: { ...briefing(about), ...more } };
}

/** A briefing moves on and on while those that mention it still wait for their turn. */
function oneMovesOn(): readonly Edit[] {
  return [
    published('b-one'),
    ...['b-two', 'b-three', 'b-four', 'b-five'].map((id) => published(id, { mentions: ['b-one'] })),
    ...Array.from({ length: 12 }, (_, move): Edit => ({
      after: move === 0 ? 60_000 : 1000 * (move % 4),
      kind: 'patch',
      id: 'b-one',
      fields: { slug: slug(`place-${move}`) },
    })),
  ];
}

/**
 * Where one was taken down, readers are led to another. That one, to which others link, moves; and a third
 * moves in where the redirect stands.
 */
function aRedirectIsTakenOver(): readonly Edit[] {
  return [
    ...['b-one', 'b-two', 'b-five'].map((id) => published(id)),
    ...['b-three', 'b-four'].map((id) => published(id, { mentions: ['b-two'] })),
    { after: 60_000, kind: 'unpublish', id: 'b-one', fields: { to: 'b-two' } },
    { after: 60_000, kind: 'patch', id: 'b-two', fields: { slug: slug('elsewhere') } },
    { after: 400, kind: 'patch', id: 'b-five', fields: { slug: slug('b-one') } },
  ];
}

/** An original to which others link, and its translation, are taken down together and put back. */
function aTranslationGoesFirst(): readonly Edit[] {
  return [
    published('b-one'),
    published('b-two', { language: 'fr', translationOf: reference('b-one', true) }),
    ...['b-three', 'b-four', 'b-five'].map((id) => published(id, { mentions: ['b-one'] })),
    ...Array.from({ length: 6 }, (_, time): readonly Edit[] => [
      { after: 20_000 + 300 * time, kind: 'unpublish', id: 'b-two', fields: {} },
      { after: 10, kind: 'unpublish', id: 'b-one', fields: {} },
      { after: 20_000, kind: 'restore', id: 'b-one', fields: {} },
      { after: 10, kind: 'restore', id: 'b-two', fields: {} },
    ]).flat(),
  ];
}

/** A translation leaves its group for another, and goes while the pages of the one it left still wait. */
function aTranslationLeavesAndGoes(): readonly Edit[] {
  const of = (original: string): Edit['fields'] => ({
    language: 'fr',
    translationOf: reference(original, true),
  });
  return [
    ...['b-one', 'b-four'].map((id) => published(id)),
    ...['b-two', 'b-three', 'b-five'].map((id) => published(id, of('b-one'))),
    ...Array.from({ length: 6 }, (_, time): readonly Edit[] => [
      { after: 60_000, kind: 'patch', id: 'b-five', fields: of('b-four') },
      { after: 300 * (time + 1), kind: 'unpublish', id: 'b-five', fields: {} },
      { after: 60_000, kind: 'restore', id: 'b-five', fields: {} },
      { after: 60_000, kind: 'patch', id: 'b-five', fields: of('b-one') },
    ]).flat(),
  ];
}

/**
 * An original goes with two translations that nobody else links to, of which one links to the other: that
 * one is looked at twice in the release that takes them out of the lists. No webhook comes.
 */
function aGroupGoesAtOnce(): readonly Edit[] {
  const translation = { language: 'fr', translationOf: reference('b-four', true) };
  const related = [{ ...reference('b-two', true), _key: 'r' }];
  return [
    published('b-four'),
    published('b-two', { ...translation, person: reference('p-red-cross') }),
    published('b-one', { ...translation, person: reference('p-ibn'), related }),
    ...['b-three', 'b-five'].map((id) => published(id, { mentions: ['b-four'] })),
    { after: 240_000, kind: 'unpublish', id: 'b-four', fields: {} },
    { after: 0, kind: 'unpublish', id: 'b-two', fields: {} },
    { after: 0, kind: 'unpublish', id: 'b-one', fields: {} },
  ];
}

/** A briefing moves, another takes its address and is taken down while the links to the first wait. */
function aSuccessorGoes(): readonly Edit[] {
  return [
    ...['b-one', 'b-two'].map((id) => published(id)),
    ...['b-three', 'b-four', 'b-five'].map((id) => published(id, { mentions: ['b-one'] })),
    ...Array.from({ length: 6 }, (_, time): readonly Edit[] => [
      { after: 30_000, kind: 'patch', id: 'b-one', fields: { slug: slug('elsewhere') } },
      { after: 200, kind: 'patch', id: 'b-two', fields: { slug: slug('b-one') } },
      { after: 300 + 300 * time, kind: 'unpublish', id: 'b-two', fields: {} },
      { after: 30_000, kind: 'patch', id: 'b-one', fields: { slug: slug('b-one') } },
      { after: 10, kind: 'restore', id: 'b-two', fields: {} },
      { after: 10, kind: 'patch', id: 'b-two', fields: { slug: slug('b-two') } },
    ]).flat(),
  ];
}

/** Of two that want an address, the older has it; whoever comes later and takes it has two pages at one address. */
function twoWantOneAddress(): readonly Edit[] {
  return [published('b-one'), { ...published('b-two', { slug: slug('b-one') }), after: 60_000 }];
}

/** Of two that wait for an address, the older is deleted and made again: now it is the younger. */
function aClaimantIsMadeAgain(): readonly Edit[] {
  return [
    published('b-one'),
    published('b-two', { slug: slug('b-one') }),
    published('b-three', { slug: slug('b-one') }),
    { after: 30_000, kind: 'unpublish', id: 'b-two', fields: {} },
    { after: 1, kind: 'restore', id: 'b-two', fields: {} },
    { after: 30_000, kind: 'patch', id: 'b-one', fields: { slug: slug('elsewhere') } },
  ];
}

/** A briefing is taken down and put back as fast as messages travel. */
function oneComesAndGoes(): readonly Edit[] {
  const fields = briefing({
    headline: 'Ada counts',
    slug: 'first',
    date: '2026-10-12',
    person: 'p-ada',
  });
  return [
    { after: 0, kind: 'publish', id: 'b-one', fields },
    ...Array.from({ length: 24 }, (_, time): Edit => ({
      after: time === 0 ? 20_000 : 400 + 150 * (time % 5),
      kind: time % 2 === 0 ? 'unpublish' : 'restore',
      id: 'b-one',
      fields: {},
    })),
  ];
}

function unconditional(): Patch {
  return {
    file: publishing('apply.ts'),
    from: "  return store.put(key, object, prev === null ? { ifNoneMatch: '*' } : { ifMatch: prev });",
    to:
      '  void prev;\n  return store.head(key).then((standing) =>\n' +
      "    store.put(key, object, standing === null ? { ifNoneMatch: '*' } : { ifMatch: standing.etag }),\n  );",
  };
}

function phases(order: string): Patch {
  return {
    file: publishing('apply.ts'),
    from: 'const phases = [1, 2, 3, 4, 5] as const;',
    to: `const phases = ${order} as const;`,
  };
}

/** The swap of the raise, in another way: with a pause between its parts, in which others come. */
function raises(to: string): Patch {
  return {
    file: publishing('raise-epoch.ts'),
    from: 'await swapRoot(ports, seen, { ...root, epoch, walks })',
    to,
  };
}
