import type { Socket } from 'node:net';
import { join } from 'node:path';

import { accountRoutes } from './account-routes.ts';
import { openAssetFiles, type AssetFiles } from './asset-files.ts';
import { assetRoutes } from './asset-routes.ts';
import { createAssetStore } from './assets.ts';
import { controlRoutes } from './control-routes.ts';
import { createCorsOrigins, type CorsOrigin } from './cors-routes.ts';
import { dataRoutes } from './data-routes.ts';
import { openDataset, type Dataset } from './dataset.ts';
import { createFaults, type FaultRequest } from './faults.ts';
import { historyRoutes } from './history.ts';
import { hooksRoutes } from './hooks-routes.ts';
import { importFile, type ImportOutcome } from './import-documents.ts';
import { listenRoutes } from './listeners.ts';
import { createLogin } from './login.ts';
import { isOfAnotherUser } from './peer-user.ts';
import { createPresence } from './presence.ts';
import { rightsOf } from './rights.ts';
import { realScheduler, type Scheduler } from './scheduler.ts';
import { openServer } from './server.ts';
import { openStorage } from './storage.ts';
import { createWebhooks, type HookRequest, type WebhookState } from './webhooks.ts';

export type { FaultRequest, HookRequest, ImportOutcome, Scheduler, WebhookState };

export interface LakeOptions {
  /** Both at least 32 characters, or the Studio ignores them. */
  tokens: { editor: string; viewer: string };
  /** Further editors, for two people in one Studio. */
  editors?: readonly { name: string; token: string }[];
  /** 0, the default, takes any free port. */
  port?: number;
  projectId?: string;
  datasets?: readonly string[];
  /** Where documents, history and assets are kept; in memory when absent. */
  dataDirectory?: string;
  /** Milliseconds since 1970; every time the lake writes comes from here. */
  clock?: () => number;
  scheduler?: Scheduler;
  random?: () => number;
  webhooks?: readonly HookRequest[];
  /** Milliseconds that a request takes beyond what it takes here, by the name of its route; none when absent. */
  delay?: (routeName: string) => number;
  /** Whether a connection comes from somebody whom the login must not serve; another user when absent. */
  isStranger?: (socket: Socket) => Promise<boolean>;
  /** Anyone may read published documents without a dot in their id. */
  isPublicDataset?: boolean;
  viewerReadsDrafts?: boolean;
}

export interface Lake {
  /** `http://localhost:<port>`: the `apiHost` for clients, with `useProjectHostname: false`. */
  url: string;
  port: number;
  projectId: string;
  tokens: { editor: string; viewer: string };
  /** Loads an NDJSON file with the images it names beside it, through the transaction log. */
  seed(ndjsonPath: string, dataset?: string): Promise<ImportOutcome>;
  /** Puts an origin on the project's list of those whose pages may speak to it. */
  allowOrigin(origin: CorsOrigin): void;
  /** Puts the local Studio on that list, and lets its pages, and no others, log the editor in. */
  serveStudio(origin: string): void;
  /** Replaces the faults; `{}` switches all off. */
  setFaults(faults: FaultRequest): void;
  webhookState(): WebhookState;
  /** Resolves when every webhook has been delivered or given up. */
  webhooksSettled(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a content lake on 127.0.0.1. Fails when the port is taken, naming it. */
export async function startLake(options: LakeOptions): Promise<Lake> {
  const {
    tokens,
    port = 0,
    projectId = 'localdev',
    dataDirectory,
    clock = Date.now,
    scheduler = realScheduler,
    random = Math.random,
  } = options;
  const rights = rightsOf({
    tokens,
    editors: options.editors ?? [],
    isPublicDataset: options.isPublicDataset ?? true,
    viewerReadsDrafts: options.viewerReadsDrafts ?? false,
  });
  const storage = openStorage(dataDirectory);
  const faults = createFaults(random);
  const datasets = new Map<string, Dataset>();
  const assetFiles = new Map<string, AssetFiles>();
  for (const name of options.datasets ?? ['production']) {
    datasets.set(name, openDataset({ name, storage, clock }));
    assetFiles.set(name, openAssetFiles(dataDirectory && join(dataDirectory, 'assets', name)));
  }
  const webhooks = createWebhooks({
    projectId,
    configured: options.webhooks ?? [],
    storage,
    faults,
    scheduler,
    clock,
    random,
  });
  for (const dataset of datasets.values()) dataset.onCommit((commit) => webhooks.hear(commit));

  let url = '';
  const assets = createAssetStore({
    projectId,
    baseUrl: () => url,
    filesOf(dataset) {
      const files = assetFiles.get(dataset);
      if (files === undefined) throw new RangeError(`The lake has no dataset "${dataset}"`);
      return files;
    },
  });
  const corsOrigins = createCorsOrigins({ storage, projectId, clock });
  const requestCounts = new Map<string, number>();
  const presence = createPresence({
    rights,
    datasets: new Set(datasets.keys()),
    isAllowed: (origin) => corsOrigins.entryFor(origin) !== undefined,
  });
  const login = createLogin({ rights, clock, isStranger: options.isStranger ?? isOfAnotherUser });

  /** What would otherwise outlive the lake, whether it closes or never opened. */
  function letGo(): void {
    faults.release();
    webhooks.close();
    presence.close();
    storage.close();
  }

  const server = await openServer({
    port,
    projectId,
    presence,
    rights,
    faults,
    requestCounts,
    delay: options.delay ?? (() => 0),
    corsOriginFor: (origin) => corsOrigins.entryFor(origin),
    clock,
    routes: [
      ...dataRoutes({ datasets, rights, faults, clock }),
      ...listenRoutes({ datasets, rights, clock }),
      ...assetRoutes({ datasets, assets }),
      ...historyRoutes({ datasets, storage }),
      ...accountRoutes({ projectId, datasetNames: [...datasets.keys()], rights, storage, clock }),
      ...login.routes,
      ...hooksRoutes(webhooks, projectId),
      ...corsOrigins.routes,
      ...controlRoutes({ projectId, datasets, assets, webhooks, faults, requestCounts }),
    ],
  }).catch((cause: unknown) => {
    letGo();
    throw cause;
  });
  url = `http://localhost:${server.port}`;

  return {
    url,
    port: server.port,
    projectId,
    tokens,
    seed(ndjsonPath, name = [...datasets.keys()][0] ?? '') {
      const dataset = datasets.get(name);
      if (dataset === undefined) throw new RangeError(`The lake has no dataset "${name}"`);
      return importFile(ndjsonPath, { dataset, assets, author: 'editor' });
    },
    allowOrigin: (origin) => corsOrigins.allow(origin),
    serveStudio(origin) {
      corsOrigins.allow({ origin, allowCredentials: true });
      login.serve(origin);
    },
    setFaults: (request) => void faults.set(request),
    webhookState: () => webhooks.state(),
    webhooksSettled: () => webhooks.settled(),
    async close() {
      await server.close();
      letGo();
    },
  };
}
