import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSmallHub, type SmallHub } from './support.js';

const TEN_SECONDS = 10_000;

/** Milliseconds until the server closed a socket that behaves like this. */
async function lifetime(port: number, behave: (socket: Socket) => void): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.resume();
  const start = performance.now();
  behave(socket);
  await once(socket, 'close');
  return performance.now() - start;
}

/** One byte now and then. */
function drip(text: string) {
  return (socket: Socket) => {
    let index = 0;
    const timer = setInterval(() => socket.write(text[index++ % text.length] ?? ''), 200);
    socket.on('close', () => clearInterval(timer));
  };
}

describe.concurrent('sockets', () => {
  let hub: SmallHub;
  beforeAll(async () => {
    hub = await openSmallHub();
  });
  afterAll(() => hub.app.close());

  const HEAD = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

  it.concurrent.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => {}],
    ['stops in its headers', socket => socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\n')],
    [
      'drips headers',
      socket => {
        socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\n');
        drip('X-Header: a\r\n')(socket);
      },
    ],
    ['announces a body and sends none', socket => socket.write(`${HEAD}Content-Length: 100\r\n\r\n`)],
    [
      'drips its body',
      socket => {
        socket.write(`${HEAD}Content-Length: 5000\r\n\r\n{`);
        drip(' ')(socket);
      },
    ],
    ['idles after an answer', socket => socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')],
  ])('closes one that %s within 10 s', async (_name, behave) => {
    expect(await lifetime(hub.port, behave)).toBeLessThan(TEN_SECONDS);
  });

  it.concurrent('answers others while 300 are slow', async () => {
    const slow = Array.from({ length: 300 }, () => connect(hub.port, '127.0.0.1').on('error', () => {}));
    for (const socket of slow) socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\n');
    await sleep(200);
    const start = performance.now();
    expect((await hub.ask('{ networks { name } }')).status).toBe(200);
    expect(performance.now() - start).toBeLessThan(200);
    for (const socket of slow) socket.destroy();
  });
});

describe('closing', () => {
  it('answers what is under way, takes nothing new, and is not ready', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const hub = await openSmallHub({
      contextFor: async by => {
        await held;
        return { by };
      },
    });
    const answer = hub.ask('{ networks { name } }');
    await sleep(50);
    const closed = hub.app.close();
    await sleep(50);
    await expect(hub.send('/healthz')).rejects.toThrow();
    release();
    expect((await answer).status).toBe(200);
    const start = performance.now();
    await closed;
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('does not wait for idle connections', async () => {
    const hub = await openSmallHub();
    await hub.ask('{ networks { name } }'); // fetch keeps the connection
    const start = performance.now();
    await hub.app.close();
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
