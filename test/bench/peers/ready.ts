import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Tells the bench where a peer listens, and ends it when asked to or when the bench is gone. */
export function ready(server: Server): void {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`listening on ${port}\n`);
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
}
