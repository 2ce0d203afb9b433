/** A command cannot do what it was asked: said to a person as it is, with what to do. Exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

/** What a person needs to know of a failure: sentences for what we know, the trace for a surprise. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (spokenTo.has(error.name)) return error.message;
  return error.stack ?? error.message;
}

/** Families whose messages say what was expected and what to do. */
const spokenTo = new Set([
  'CannotRun',
  'SettingsMissing',
  'StoreFault',
  'LakeUnavailable',
  'LakeRefused',
  'ParametersUnavailable',
  'BucketFault',
]);
