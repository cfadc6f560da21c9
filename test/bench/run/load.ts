import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';

/** The load, as a process of its own: connections that each ask the next request as soon as the last is answered. */

export interface LoadOrder {
  readonly port: number;
  /** File with one request a line: `{"body": …, "authorization": …}`. */
  readonly requests: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second at most, all connections together; as many as possible when left out. */
  readonly rate?: number;
}

export interface LoadResult {
  readonly count: number;
  readonly failed: number;
  /** What the first failure said. */
  readonly failure: string | null;
  readonly seconds: number;
  readonly bytes: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = Buffer.from('0\r\n\r\n');
const ERRORS = Buffer.from('"errors":[');

/** Reads answers off one connection; HTTP/1.1 as these servers write it. */
class Reader {
  #data: Buffer[] = [];
  #length = 0;
  #expected: number | null = null;

  /** The whole answer once it is there. */
  push(chunk: Buffer): Buffer | null {
    this.#data.push(chunk);
    this.#length += chunk.length;
    if (this.#expected === null) this.#expected = expectedLength(this.#joined());
    if (this.#expected === null) return null;
    const whole = this.#expected < 0 ? this.#joined().subarray(-5).equals(CHUNKS_END) : this.#length >= this.#expected;
    if (!whole) return null;
    const answer = this.#joined();
    this.#data = [];
    this.#length = 0;
    this.#expected = null;
    return answer;
  }

  #joined(): Buffer {
    if (this.#data.length > 1) this.#data = [Buffer.concat(this.#data)];
    return this.#data[0]!;
  }
}

/** Bytes of head and body together; -1 where it comes in chunks, null where the head is not complete. */
function expectedLength(data: Buffer): number | null {
  const end = data.indexOf(HEAD_END);
  if (end < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(data.toString('latin1', 0, end));
  return length ? end + 4 + Number(length[1]) : -1;
}

const requestBytes = (port: number, body: string, authorization: string | undefined): Buffer =>
  Buffer.from(
    [
      'POST /graphql HTTP/1.1',
      `host: 127.0.0.1:${port}`,
      'content-type: application/json',
      'accept: application/json',
      ...(authorization ? [`authorization: ${authorization}`] : []),
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );

async function run({ port, requests: file, connections, seconds, rate }: LoadOrder): Promise<LoadResult> {
  const requests = (await readFile(file, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as { body: string; authorization?: string })
    .map(({ body, authorization }) => requestBytes(port, body, authorization));
  const times: number[] = [];
  let [next, failed, bytes] = [0, 0, 0];
  let failure: string | null = null;
  const start = performance.now();
  const end = start + seconds * 1000;
  const turn = async (): Promise<void> => {
    if (!rate) return;
    const due = start + (next / rate) * 1000 - performance.now();
    if (due > 1) await new Promise(resolve => setTimeout(resolve, due));
  };

  const one = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      const reader = new Reader();
      let asked = 0;
      const ask = () => {
        if (performance.now() >= end) return resolve(void socket.destroy());
        turn().then(() => {
          asked = performance.now();
          socket.write(requests[next++ % requests.length]!);
        }, reject);
      };
      socket.on('data', chunk => {
        const answer = reader.push(chunk);
        if (!answer) return;
        times.push(performance.now() - asked);
        bytes += answer.length;
        const fine = answer.subarray(9, 12).equals(OK) && answer.indexOf(ERRORS) < 0;
        if (!fine) {
          failed += 1;
          failure ??= answer.toString('utf8', 0, 1000);
        }
        ask();
      });
      socket.on('error', reject);
      socket.on('close', () => (performance.now() >= end ? resolve() : reject(new Error('The server hung up.'))));
      ask();
    });

  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  await Promise.all(sockets.map(one));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  const took = (performance.now() - start) / 1000;
  return { count: times.length, failed, failure, seconds: took, bytes, p50: at(0.5), p99: at(0.99) };
}

const OK = Buffer.from('200');

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });

process.on('message', (order: LoadOrder) => {
  run(order).then(
    result => process.send!({ result }),
    error => process.send!({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
