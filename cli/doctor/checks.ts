import { cors, dataset, project } from './check-project.ts';
import { readToken, settings } from './check-reading.ts';
import { clock, receiver, secret } from './check-receiver.ts';
import { site } from './check-site.ts';
import { sweep } from './check-sweep.ts';
import { deliveries, webhook } from './check-webhook.ts';
import type { Check } from './finding.ts';
import type { Observations } from './observe.ts';

/** In the order in which somebody would mend what they find. */
export const checks: readonly Check[] = [
  { of: 'the project', blind: withoutManageToken, find: project },
  { of: 'the dataset', blind: withoutManageToken, find: dataset },
  { of: "the publisher's token", blind: () => null, find: readToken },
  { of: 'the settings of the publication', blind: withoutReading, find: settings },
  { of: 'the Studio’s origin', blind: withoutStudio, find: cors },
  { of: 'the clock', blind: () => null, find: clock },
  { of: 'the receiver', blind: withoutReceiver, find: receiver },
  { of: 'the webhook secret', blind: withoutSecret, find: secret },
  { of: 'the webhook', blind: withoutHooks, find: webhook },
  { of: 'the last delivery', blind: withoutHooks, find: deliveries },
  { of: 'the site', blind: withoutSite, find: site },
  { of: 'the sweep', blind: withoutSite, find: sweep },
];

function withoutManageToken({ given }: Observations): string | null {
  return given.manageToken ? null : 'no token in SANITY_MANAGE_TOKEN or --manage-token';
}

function withoutReading({ settings }: Observations): string | null {
  return settings === null ? 'no token to read with' : null;
}

function withoutStudio(seen: Observations): string | null {
  if (seen.values.studioUrl === null) return 'no address in STUDIO_URL or --studio-url';
  return withoutManageToken(seen);
}

function withoutReceiver({ values }: Observations): string | null {
  return values.webhookUrl === null ? 'no address in WEBHOOK_URL or --webhook-url' : null;
}

function withoutSecret(seen: Observations): string | null {
  if (!seen.given.webhookSecret) return 'no secret in WEBHOOK_SECRET or --webhook-secret';
  return withoutReceiver(seen);
}

function withoutHooks(seen: Observations): string | null {
  return withoutReceiver(seen) ?? withoutManageToken(seen);
}

function withoutSite({ values }: Observations): string | null {
  return values.siteUrl === null ? 'no address in BASE_URL or --site-url' : null;
}
