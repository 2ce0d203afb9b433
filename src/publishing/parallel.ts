/** How many calls go out side by side: the SDK opens 50 connections. */
export const sideBySide = 48;

/**
 * Runs something for each of many, so many at once, and gives the results in order. Every one is awaited,
 * also after a failure, so that nothing goes on behind the caller's back; then the first failure is thrown.
 */
export async function inParallel<Item, Result>(
  items: Iterable<Item>,
  run: (item: Item) => Promise<Result>,
  atOnce = sideBySide,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  // One iterator for all of them: taking from the front of a long array moves what is behind it.
  const queue = [...items].entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[index] = await run(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
