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
export async function serveExplorer(app: FastifyInstance): Promise<void> {
  const assets = await Promise.all([
    ofPackage('graphiql', 'graphiql.min.css'),
    own('page.css', EXPLORER_STYLE),
    ofPackage('react', 'umd/react.production.min.js'),
    ofPackage('react-dom', 'umd/react-dom.production.min.js'),
    ofPackage('graphiql', 'graphiql.min.js'),
    own('page.js', EXPLORER_SCRIPT),
  ]);
  const [styles, scripts] = [assets.filter(isStyle), assets.filter(asset => !isStyle(asset))];
  const page = explorerPage(scripts.map(versioned), styles.map(versioned));

  app.get('/', (_request, reply) => {
    const nonce = randomBytes(16).toString('base64url');
    reply.header('content-security-policy', pagePolicy(nonce)).header('cross-origin-opener-policy', 'same-origin');
    return reply.type('text/html; charset=utf-8').send(page(nonce));
  });
  for (const { address, type, text } of assets) {
    app.get(address, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(text),
    );
  }
}

async function ofPackage(name: string, file: string): Promise<Asset> {
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const text = await readFile(join(folder, file));
  return { address: `/explorer/${file.replace(/^.*\//, '')}`, type: typeOf(file), text: withoutMap(text) };
}

const own = (file: string, text: string): Asset => ({
  address: `/explorer/${file}`,
  type: typeOf(file),
  text: Buffer.from(text),
});

/** The source maps are not served. */
const withoutMap = (text: Buffer): Buffer =>
  Buffer.from(text.toString().replace(/\/[/*]# sourceMappingURL=.*\s*$/, ''));

const typeOf = (file: string): Asset['type'] =>
  file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';

const isStyle = (asset: Asset): boolean => asset.type.startsWith('text/css');

/** The address changes with the text, so that browsers may keep it for good. */
const versioned = ({ address, text }: Asset): string =>
  `${address}?v=${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
