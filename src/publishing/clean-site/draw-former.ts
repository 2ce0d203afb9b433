import type { DocumentId } from '../../briefing/model.ts';
import type { Path, Publication } from '../../briefing/resolved.ts';
import { homePath, v1 } from '../../site/paths.ts';
import type { PublicObject } from '../../site/public-object.ts';
import type { History } from '../history.ts';
import { pathOfAddress } from '../ledger.ts';
import type { CleanSiteInput, DecidedSite } from './decided-site.ts';

/** What once stood and stands no more: every path of the history that was not drawn above. */
export async function* drawFormer(
  input: CleanSiteInput,
  site: DecidedSite,
  drawn: ReadonlySet<Path>,
): AsyncGenerator<PublicObject> {
  const { history, renderers } = input;
  const { publication } = site;
  const ledger = addressesByPage(history, publication);
  for (const path of history.stamps.keys()) {
    if (drawn.has(path)) continue;
    const contract = /^\/v1\/(briefings|people)\/(.+?)(?:\/\d{4})?\.json$/.exec(path);
    const id = contract?.[2] ?? null;
    if (contract?.[1] === 'people' && id !== null) {
      const merged = await site.documents.followed(id);
      yield merged !== null && merged.id !== id && site.people.has(merged.id)
        ? renderers.moved({
            publication,
            path,
            location: v1.person(merged.id),
            id: id,
            gone: history.people.get(id)?.gone ?? null,
          })
        : renderers.gone({
            publication,
            path,
            id,
            gone: site.people.has(id) ? null : (history.people.get(id)?.gone ?? null),
            movedTo: null,
          });
      continue;
    }
    if (id !== null) {
      const gone = history.briefings.get(id)?.gone ?? null;
      yield renderers.gone({ publication, path, id, gone, movedTo: redirectTarget(site, id) });
      continue;
    }
    yield await formerAddress(input, site, path, { drawn, ledger });
  }
}

interface LedgerPage {
  readonly page: Path;
  readonly address: string;
  readonly holder: DocumentId | null;
  readonly last: DocumentId | null;
}

/** The ledger by the page that stands, or stood, at an address. */
function addressesByPage(
  { addresses }: History,
  { settings }: Publication,
): ReadonlyMap<string, LedgerPage> {
  const pages = new Map<string, LedgerPage>();
  for (const [address, { holder, last }] of addresses) {
    const page = pathOfAddress(address, settings.language);
    if (!pages.has(page)) pages.set(page, { page, address, holder, last });
  }
  return pages;
}

/** The page that a path is, or lies under. */
function pageOver(ledger: ReadonlyMap<string, LedgerPage>, path: Path): LedgerPage | null {
  for (let end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1)) {
    const found = ledger.get(path.slice(0, end + 1));
    if (found !== undefined) return found;
  }
  return null;
}

async function formerAddress(
  input: CleanSiteInput,
  site: DecidedSite,
  path: Path,
  {
    drawn,
    ledger,
  }: {
    readonly drawn: ReadonlySet<Path>;
    readonly ledger: ReadonlyMap<string, LedgerPage>;
  },
): Promise<PublicObject> {
  const { history, renderers } = input;
  const { publication } = site;
  const found = pageOver(ledger, path);
  const last = found?.last ?? null;
  if (found === null || (found.holder === null && last === null)) {
    return renderers.gone({ publication, path, id: null, gone: null, movedTo: null });
  }
  const { page, address, holder } = found;
  if (holder !== null || last === null) {
    return renderers.gone({ publication, path, id: holder, gone: null, movedTo: null });
  }
  const isBriefing = address.startsWith('briefing/');
  const followed = await site.documents.followed(last);
  const now = isBriefing
    ? (site.live.get(last)?.path ?? null)
    : (site.people.get(followed?.id ?? last)?.path ?? null);
  const target = now ?? (isBriefing ? redirectTarget(site, last) : null);
  if (target !== null) {
    const twin: Path = `${target}${path.slice(page.length)}`;
    const location = now !== null && drawn.has(twin) ? twin : target;
    return renderers.moved({ publication, path, location, id: null, gone: null });
  }
  const gone =
    (isBriefing ? history.briefings.get(last)?.gone : history.people.get(last)?.gone) ?? null;
  return renderers.gone({ publication, path, id: last, gone, movedTo: null });
}

function redirectTarget(site: DecidedSite, id: DocumentId): Path | null {
  const redirect = site.redirects.get(site.redirectIdOf(id));
  if (redirect === undefined) return null;
  return redirect.to === null ? homePath : (site.live.get(redirect.to)?.path ?? null);
}
