import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { EXPLORER_SCRIPT, EXPLORER_STYLE, explorerPage } from './explorer.page.js';
import { pagePolicy } from './headers.js';

interface Asset {
  address: string;
  type: 'text/javascript; charset=utf-8' | 'text/css; charset=utf-8';
  text: Buffer;
}

/**
 * GraphiQL at `/`, from the files of its npm packages: nothing is asked of another host. GraphiQL 3 is the last one
 * that comes as a ready-made script; the later ones want a bundler, and workers that a strict policy forbids.
 */
export function serveExplorer(app: FastifyInstance): void {
  let read: ReturnType<typeof readExplorer> | undefined;
  const explorer = () => {
    read ??= readExplorer();
    return read;
  };
  app.get('/', async (_request, reply) => {
    const { page } = await explorer();
    const nonce = randomBytes(16).toString('base64url');
    reply.header('content-security-policy', pagePolicy(nonce)).header('cross-origin-opener-policy', 'same-origin');
    return reply.type('text/html; charset=utf-8').send(page(nonce));
  });
  for (const [i, { name }] of ASSETS.entries())
    app.get(`/explorer/${name}`, async (_request, reply) => {
      const { type, text } = (await explorer()).assets[i]!;
      return reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(text);
    });
}

interface Source {
  /** Of the file that is served. */
  name: string;
  read: () => Promise<Buffer>;
}

/** In the order in which the page wants them. */
const ASSETS: readonly Source[] = [
  ofPackage('graphiql', 'graphiql.min.css'),
  own('page.css', EXPLORER_STYLE),
  ofPackage('react', 'umd/react.production.min.js'),
  ofPackage('react-dom', 'umd/react-dom.production.min.js'),
  ofPackage('graphiql', 'graphiql.min.js'),
  own('page.js', EXPLORER_SCRIPT),
];

/** Four megabytes: by the first who looks at it. */
async function readExplorer() {
  const assets = await Promise.all(
    ASSETS.map(
      async ({ name, read }): Promise<Asset> => ({
        address: `/explorer/${name}`,
        type: typeOf(name),
        text: await read(),
      }),
    ),
  );
  const [styles, scripts] = [assets.filter(isStyle), assets.filter(asset => !isStyle(asset))];
  return { assets, page: explorerPage(scripts.map(versioned), styles.map(versioned)) };
}

function ofPackage(name: string, file: string): Source {
  const read = async () => {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    return withoutMap(await readFile(join(folder, file)));
  };
  return { name: file.replace(/^.*\//, ''), read };
}

function own(name: string, text: string): Source {
  return { name, read: async () => Buffer.from(text) };
}

/** The source maps are not served. */
const withoutMap = (text: Buffer): Buffer =>
  Buffer.from(text.toString().replace(/\/[/*]# sourceMappingURL=.*\s*$/, ''));

const typeOf = (file: string): Asset['type'] =>
  file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';

const isStyle = (asset: Asset): boolean => asset.type.startsWith('text/css');

/** The address changes with the text, so that browsers may keep it for good. */
const versioned = ({ address, text }: Asset): string =>
  `${address}?v=${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
