import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/**
 * Whether the program at the other end of a connection runs as another user of this machine, who must not
 * get what files keep to their owner: all users share the ports of localhost. Linux tells whose a socket
 * is; elsewhere, and when it does not say, nobody is taken for a stranger.
 */
export async function isOfAnotherUser(socket: Socket): Promise<boolean> {
  const own = process.getuid?.();
  if (own === undefined || own === 0) return false;
  const tables = await Promise.all(
    // A client may reach 127.0.0.1 by a socket of either family.
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const theirs = userOf(tables.join('\n'), {
    theirPort: socket.remotePort ?? 0,
    ourPort: socket.localPort ?? 0,
  });
  // Root reads the files anyway.
  return theirs !== undefined && theirs !== own && theirs !== 0;
}

/**
 * The user of the other end of a connection, as `/proc/net/tcp` lists it: local and remote address in
 * hexadecimal, state, two columns of queues and timers, one of retransmissions, the user's number.
 */
export function userOf(
  table: string,
  { theirPort, ourPort }: { readonly theirPort: number; readonly ourPort: number },
): number | undefined {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');
  for (const line of table.split('\n')) {
    const [, local = '', remote = '', , , , , user = ''] = line.trim().split(/\s+/);
    if (local.endsWith(`:${hex(theirPort)}`) && remote.endsWith(`:${hex(ourPort)}`)) {
      return Number(user);
    }
  }
  return undefined;
}
