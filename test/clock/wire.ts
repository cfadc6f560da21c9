import { createServer, connect as dial, type Socket } from 'node:net';

/** The way to a database, which can be cut. */
export interface Wire {
  readonly url: string;
  /** Every connection breaks, and none is made any more. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** @param target address of the database */
export async function wireTo(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer(near => {
    const far = dial(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
      socket.pipe(other);
    }
  });
  const listen = (at: number) => new Promise<void>(resolve => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = typeof address === 'object' ? `${address?.port}` : '';
  return {
    url: url.href,
    cut: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    mend: () => listen(Number(url.port)),
  };
}
