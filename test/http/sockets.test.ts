import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TIMEOUTS } from '../../src/http/sockets.js';
import { codeOf, openSmallHub, type SmallHub } from './support.js';

const TEN_SECONDS = 10_000;

/** A tenth of what holds in life, and half a real life's limit for it: ten times too late fails on a slow machine too. */
const { headers, request, check, keepAlive } = TIMEOUTS;
const hurried = { headers: headers / 10, request: request / 10, check: check / 10, keepAlive: keepAlive / 10 };

/** Milliseconds until the server closed a socket that behaves like this. */
async function lifetime(port: number, behave: (socket: Socket) => void): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.resume();
  const start = performance.now();
  behave(socket);
  // What it still writes may meet a reset: `once` would reject for that.
  await new Promise(resolve => socket.once('close', resolve));
  return performance.now() - start;
}

/** Milliseconds that an answer takes: the median of eleven. */
async function usualWait(hub: SmallHub): Promise<number> {
  const waits: number[] = [];
  for (let i = 0; i < 11; i++) {
    const start = performance.now();
    expect((await hub.ask('{ networks { name } }')).status).toBe(200);
    waits.push(performance.now() - start);
  }
  return waits.sort((a, b) => a - b)[5]!;
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
  let patient: SmallHub;
  beforeAll(async () => {
    patient = await openSmallHub();
    hub = await openSmallHub({ timeouts: hurried });
  });
  afterAll(() => Promise.all([hub, patient].map(one => one.app.close())));

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
  ])('closes one that %s in time', async (_name, behave) => {
    expect(await lifetime(hub.port, behave)).toBeLessThan(TEN_SECONDS / 2);
  });

  it.concurrent('closes one that drips its body within 10 s of real life', async () => {
    const drips = (socket: Socket) => {
      socket.write(`${HEAD}Content-Length: 5000\r\n\r\n{`);
      drip(' ')(socket);
    };
    const lived = await lifetime(patient.port, drips);
    expect(lived).toBeGreaterThan(TEN_SECONDS / 2);
    expect(lived).toBeLessThan(TEN_SECONDS);
  });

  it('in life, each within 10 s', () => {
    const { server } = patient.app;
    expect([server.headersTimeout, server.keepAliveTimeout]).toEqual([headers, keepAlive]);
    // Node keeps a connection a second longer than it tells its client.
    for (const most of [headers, request, keepAlive + 1_000]) expect(most + check).toBeLessThan(TEN_SECONDS);
  });

  it.concurrent('answers others while 300 are slow', async () => {
    const alone = await usualWait(patient);
    const slow = Array.from({ length: 300 }, () => connect(patient.port, '127.0.0.1').on('error', () => {}));
    let closed = 0;
    for (const socket of slow) socket.on('close', () => closed++).write('POST /graphql HTTP/1.1\r\nHost: x\r\n');
    await Promise.all(slow.map(socket => once(socket, 'connect')));
    const beside = await usualWait(patient);
    expect(closed, 'it was answered before all of them were given up').toBeLessThan(slow.length);
    expect(beside).toBeLessThan(200 + 10 * alone);
    for (const socket of slow) socket.destroy();
  });
});

describe('an answer that does not come', () => {
  it('is SERVICE_UNAVAILABLE in time, though the body of the question has long arrived; the hub answers others', async () => {
    const hub = await openSmallHub({
      timeouts: { handler: 50 },
      contextFor: by => (by.authorization ? new Promise(() => {}) : Promise.resolve({ by })),
    });
    const late = await hub.ask('{ networks { name } }', undefined, { authorization: 'Bearer x' });
    expect([late.status, codeOf(late)]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect((await hub.ask('{ networks { name } }')).status).toBe(200);
    await hub.app.close();
  });
});

describe('closing', () => {
  it('answers what is under way, takes nothing new, and is not ready', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    let asked = 0;
    const hub = await openSmallHub({
      contextFor: async by => {
        asked++;
        await held;
        return { by };
      },
    });
    const answer = hub.ask('{ networks { name } }');
    await expect.poll(() => asked).toBe(1);
    const closed = hub.app.close();
    const reached = () =>
      hub.send('/healthz').then(
        () => true,
        () => false,
      );
    await expect.poll(reached).toBe(false);
    release();
    expect((await answer).status).toBe(200);
    const start = performance.now();
    await closed;
    expect(performance.now() - start).toBeLessThan(TIMEOUTS.keepAlive);
  });

  it('does not wait for idle connections', async () => {
    const hub = await openSmallHub();
    await hub.ask('{ networks { name } }'); // fetch keeps the connection
    const start = performance.now();
    await hub.app.close();
    expect(performance.now() - start).toBeLessThan(TIMEOUTS.keepAlive);
  });
});
