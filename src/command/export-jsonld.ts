import { Command } from 'commander';
import { asAnybody } from './public-context.js';
import { writeOut } from './write-out.js';

export const jsonLdExportCommand = (): Command =>
  new Command('jsonld')
    .description('The published partners of a network with their places and services, as JSON-LD (schema.org).')
    .requiredOption('--network <slug>', 'which network')
    .option('--out <file>', 'write there (default: standard output)')
    .action(exportJsonLd);

const PAGE = 50;

async function exportJsonLd({ network, out }: { network: string; out?: string }): Promise<void> {
  await asAnybody(async ({ em }) => {
    const [{ hsdsPage }, { organizationJsonLd }, { jsonInPage }] = await Promise.all([
      import('../hsds-api/hsds-api.query.js'),
      import('../jsonld/jsonld.rules.js'),
      import('../shared/json-in-page.rules.js'),
    ]);
    async function* texts(): AsyncGenerator<string> {
      let before = '{"@context":"https://schema.org","@graph":[\n';
      for (let page = 1; ; page++) {
        const query = new URLSearchParams({ network, full: 'true', per_page: String(PAGE), page: String(page) });
        const answer = await hsdsPage(em.fork(), 'organizations', query);
        const { contents, last_page: isLast } = answer!.body as {
          contents: Record<string, unknown>[];
          last_page: boolean;
        };
        for (const one of contents) {
          const { '@context': _, ...partner } = organizationJsonLd(one);
          yield before + jsonInPage(partner);
          before = ',\n';
        }
        if (!isLast) continue;
        yield before === ',\n' ? '\n]}\n' : `${before}]}\n`;
        return;
      }
    }
    await writeOut(texts(), out);
  });
}
