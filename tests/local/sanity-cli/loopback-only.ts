import dns from 'node:dns';

/**
 * For a process that may speak to this machine alone: `*.localhost` is here, whatever the system's
 * resolver thinks, and every other name is refused and told.
 */
const { lookup } = dns;

// The overloads of the real one cannot be written down twice; what comes is passed on as it is.
Object.assign(dns, {
  lookup(hostname: string, ...rest: unknown[]): void {
    const name = hostname.endsWith('.localhost') ? 'localhost' : hostname;
    if (name !== 'localhost' && !/^[\d.:]+$/.test(name)) {
      process.stderr.write(`Tried to reach ${hostname}\n`);
      throw new Error(`This process may not reach ${hostname}`);
    }
    Reflect.apply(lookup, dns, [name, ...rest]);
  },
});
