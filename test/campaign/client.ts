import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: the answer to any operation
  body: { data?: any; errors?: { message: string; extensions: { code: string } }[] };
}

/** Somebody at a hub, with connections that are kept. Costs less than `fetch`: the hub is to be measured. */
export class Client {
  readonly #agent: Agent;

  constructor(
    readonly address: string,
    readonly token: string,
    connections = 1,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Rejects where the connection is refused or lost. */
  ask(query: string, variables: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const body = JSON.stringify({ query, variables });
    return new Promise((resolve, reject) => {
      const asking = request(`${this.address}/graphql`, {
        method: 'POST',
        agent: this.#agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Bearer ${this.token}`,
          ...headers,
        },
      });
      asking.on('error', reject);
      asking.on('response', response => {
        const chunks: Buffer[] = [];
        response.on('error', reject);
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () => {
          if (!response.complete) return reject(new Error('The answer was cut off.'));
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
        });
      });
      asking.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
