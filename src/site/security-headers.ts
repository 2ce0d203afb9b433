import type { Path } from '../briefing/resolved.ts';
import { stylesheetHashes } from './stylesheet-hashes.ts';

/**
 * The headers every answer for a path carries, whatever its status: 200, 304, 404, 410 and 5xx alike.
 * Content type, cache and validators come from the object.
 */
export function headersFor(path: Path): Readonly<Record<string, string>> {
  if (path.startsWith('/embed/')) return embedHeaders;
  if (path.startsWith('/v1/receipts/')) return receiptHeaders;
  return isForOtherSites(path) ? sharedHeaders : pageHeaders;
}

/** JSON, feeds, text and pictures are made to be taken by other sites; pages are not. */
function isForOtherSites(path: Path): boolean {
  return /^\/(?:v1|feeds|images|cards|assets)\//.test(path) || /\.(?:json|xml|txt|md)$/.test(path);
}

function contentSecurityPolicy(frameAncestors: "'none'" | '*'): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${stylesheetHashes.map((hash) => `'${hash}'`).join(' ')}`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');
}

const everywhere = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy':
    'accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), ' +
    'encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), ' +
    'microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), ' +
    'usb=(), xr-spatial-tracking=()',
  'cross-origin-opener-policy': 'same-origin',
  // The bytes are public and carry no credentials; the origin is never echoed.
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag',
} as const;

const pageHeaders = {
  ...everywhere,
  'content-security-policy': contentSecurityPolicy("'none'"),
  'cross-origin-resource-policy': 'same-origin',
};
const sharedHeaders = { ...pageHeaders, 'cross-origin-resource-policy': 'cross-origin' };
const embedHeaders = {
  ...sharedHeaders,
  'content-security-policy': contentSecurityPolicy('*'),
};
// An address that only the Studio knows should not become known through a search engine.
const receiptHeaders = { ...sharedHeaders, 'x-robots-tag': 'noindex' };
