import { instantFrom } from '../../src/briefing/calendar.ts';
import type { Instant } from '../../src/briefing/model.ts';
import { isRecord } from '../../src/briefing/problem.ts';

/** How the site stands, as far as it concerns somebody who waits for their document: of `/status.json`. */
export interface SiteState {
  /** The newest release. */
  readonly release: number;
  readonly heldSince: Instant | null;
  /** Every page is being drawn again: how many briefings of how many are. */
  readonly redraw: { readonly done: number; readonly total: number } | null;
  /** Pages and lists still to be drawn again, because something that they show was edited. */
  readonly dependants: number;
}

/** A status as it was served, or null for what is none. */
export function siteStateFrom(body: unknown): SiteState | null {
  if (!isRecord(body) || !isRecord(body['commit'])) return null;
  const { heldSince, dependants, work } = body;
  const { release } = body['commit'];
  if (typeof release !== 'number' || typeof dependants !== 'number') return null;
  return {
    release,
    heldSince: typeof heldSince === 'string' ? instantFrom(heldSince) : null,
    redraw: (Array.isArray(work) ? work.map(redrawFrom) : []).find((each) => each !== null) ?? null,
    dependants,
  };
}

function redrawFrom(work: unknown): SiteState['redraw'] {
  if (!isRecord(work) || work['kind'] !== 'redraw') return null;
  const { done, total } = work;
  return typeof done === 'number' && typeof total === 'number' ? { done, total } : null;
}
