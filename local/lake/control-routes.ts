import type { AssetStore } from './assets.ts';
import type { Dataset } from './dataset.ts';
import { isRecord } from './documents.ts';
import { plainRefusal } from './errors.ts';
import type { Faults } from './faults.ts';
import { editorsOnly } from './hooks-routes.ts';
import { json, readBody, readJson } from './http.ts';
import { importDocuments } from './import-documents.ts';
import type { Route } from './router.ts';
import type { Webhooks } from './webhooks.ts';

const importLimit = 200_000_000;

export interface ControlServices {
  projectId: string;
  datasets: ReadonlyMap<string, Dataset>;
  assets: AssetStore;
  webhooks: Webhooks;
  faults: Faults;
  /** Requests answered since the start or the last reset, by route. */
  requestCounts: Map<string, number>;
}

/** What only a local lake has: look inside, misbehave on demand, start over, load documents. */
export function controlRoutes(services: ControlServices): Route[] {
  const { projectId, datasets, assets, webhooks, faults, requestCounts } = services;
  return [
    {
      name: 'control',
      methods: ['GET'],
      path: '/_local/state',
      handle(request) {
        editorsOnly(request);
        return json({
          projectId,
          datasets: Object.fromEntries(
            [...datasets.values()].map((dataset) => [
              dataset.name,
              { documents: dataset.documents.size, transactions: dataset.transactionCount() },
            ]),
          ),
          webhooks: webhooks.state(),
          faults: faults.current(),
          requests: Object.fromEntries(requestCounts),
        });
      },
    },
    {
      name: 'control',
      methods: ['POST'],
      path: '/_local/faults',
      async handle(request) {
        editorsOnly(request);
        return json(faults.set((await readJson(request.request, 10_000)) ?? {}));
      },
    },
    {
      name: 'control',
      methods: ['POST'],
      path: '/_local/reset',
      async handle(request) {
        editorsOnly(request);
        const body = await readJson(request.request, 10_000);
        const keepDocuments = isRecord(body) && body['keepDocuments'] === true;
        faults.set({});
        webhooks.clear();
        requestCounts.clear();
        for (const dataset of keepDocuments ? [] : datasets.values()) {
          await dataset.clear();
          assets.clear(dataset);
        }
        return json({ reset: true });
      },
    },
    {
      name: 'control',
      methods: ['POST'],
      path: '/_local/import',
      async handle(request) {
        editorsOnly(request);
        const name = request.url.searchParams.get('dataset') ?? [...datasets.keys()][0] ?? '';
        const dataset = datasets.get(name);
        if (dataset === undefined) throw plainRefusal(404, `Dataset "${name}" not found`);
        const body = await readBody(request.request, importLimit);
        return json(
          await importDocuments(body.toString('utf8'), {
            dataset,
            assets,
            author: request.identity.id,
          }),
        );
      },
    },
  ];
}
