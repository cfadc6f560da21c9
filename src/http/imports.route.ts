import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpFailure, plainFailure } from './failure.js';
import { type AskedBy, askedBy } from './graphql.route.js';
import { TIMEOUTS } from './sockets.js';

/** Where uploads go. */
export interface Uploads {
  /** Bytes that one may have. */
  readonly largest: number;
  /**
   * Asked before a byte is read. Null: there is no such place for whoever asks. A PublicError is told with its status.
   *
   * @returns what takes the bytes, and answers with the id of the job; of what breaks off it keeps nothing
   */
  open(
    by: AskedBy,
    query: URLSearchParams,
    contentType: string | undefined,
  ): Promise<{ take(bytes: AsyncIterable<Buffer>): Promise<string> } | null>;
}

/** `POST /imports`: the body as it comes, of whatever type, in pieces; the answer names the job. */
export function serveImports(app: FastifyInstance, uploads: Uploads): void {
  app.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null)); // read below
    scope.route({
      method: 'POST',
      url: '/imports',
      bodyLimit: uploads.largest,
      handlerTimeout: TIMEOUTS.upload,
      config: { slowBody: true },
      handler: async (request, reply) => {
        const { 'content-length': length, 'content-type': type, 'content-encoding': encoding } = request.headers;
        // What is refused before it was read ends the connection: nobody waits for the rest.
        reply.header('connection', 'close');
        if (encoding !== undefined && encoding !== 'identity') throw new HttpFailure(415, 'Send it uncompressed.');
        if (length !== undefined && Number(length) > uploads.largest) throw tooLarge(uploads.largest);
        const query = new URLSearchParams(request.url.split('?').slice(1).join('?'));
        const upload = await uploads.open(askedBy(request), query, type);
        if (!upload) throw new HttpFailure(404, plainFailure(404).message);
        const id = await upload.take(bytesOf(request, uploads.largest));
        return reply.code(202).send({ importJob: { id } });
      },
    });
  });
}

/** The body, to its end. @throws HttpFailure where it breaks off or grows too large */
async function* bytesOf({ raw }: FastifyRequest, largest: number): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const piece of raw) {
      size += piece.length;
      if (size > largest) throw tooLarge(largest);
      yield piece;
    }
  } catch (error) {
    throw error instanceof HttpFailure || raw.complete ? error : new HttpFailure(400, 'The upload broke off.');
  }
  if (!raw.complete) throw new HttpFailure(400, 'The upload broke off.');
}

const tooLarge = (largest: number): HttpFailure =>
  new HttpFailure(413, `The upload is too large: at most ${Math.floor(largest / 2 ** 20)} MiB.`);
