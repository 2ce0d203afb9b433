import type { World } from './watch.ts';

/** The world of a watch in a browser. */
export function browserWorld(siteUrl: string): World {
  return {
    site: { url: siteUrl, fetch: (url, init) => fetch(url, init) },
    now: () => Date.now(),
    after: (milliseconds, run) => {
      const timer = setTimeout(() => void run(), milliseconds);
      return () => clearTimeout(timer);
    },
    isVisible: () => document.visibilityState === 'visible',
    onVisible: (run) => {
      document.addEventListener('visibilitychange', run);
      return () => document.removeEventListener('visibilitychange', run);
    },
  };
}
