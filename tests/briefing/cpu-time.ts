/**
 * Milliseconds of processor time that some work takes: unlike a clock, it does not tell what the
 * neighbours of a busy machine were doing meanwhile.
 */
export function cpuTimeOf(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}
