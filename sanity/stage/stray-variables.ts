/** Told to a Studio when it is built: by `deployed.ts`, and by Sanity's own command. */
const known: ReadonlySet<string> = new Set([
  'SANITY_STUDIO_PROJECT_ID',
  'SANITY_STUDIO_DATASET',
  'SANITY_STUDIO_BASE_URL',
  'SANITY_STUDIO_TAG_AUTHORITY',
  'SANITY_STUDIO_SITE_URL',
  'SANITY_STUDIO_BASEPATH',
  'SANITY_STUDIO_REACT_STRICT_MODE',
  'SANITY_STUDIO_SERVER_HOSTNAME',
  'SANITY_STUDIO_SERVER_PORT',
]);

/**
 * Refuses to build a Studio with variables that it does not know. Sanity writes every variable that
 * begins with `SANITY_STUDIO_` into the files, of the shell and of `.env`, so a token that somebody
 * named like that would be published.
 *
 * @param replaced what the build writes out, as Vite's `define` names it
 * @throws {Error} that names each of them and says what to do
 */
export function refuseStrayVariables(replaced: readonly string[]): void {
  const strays = replaced
    .flatMap((name) => /^process\.env\.(SANITY_STUDIO_.*)$/.exec(name)?.[1] ?? [])
    .filter((name) => !known.has(name));
  if (strays.length === 0) return;
  throw new Error(
    `This Studio does not know ${strays.join(', ')}. Whatever begins with SANITY_STUDIO_ is written ` +
      'into its files, which everybody can read. ' +
      `Run \`unset ${strays.join(' ')}\` and look into sanity/.env and its like, or name it otherwise. ` +
      'A secret that was in a Studio deployed before must be replaced.',
  );
}
