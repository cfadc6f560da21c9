export const JSON_TYPE = 'application/json; charset=utf-8';
export const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/**
 * In which of its two types an answer goes out (GraphQL over HTTP): what `accept` likes best, the first named among
 * equals, JSON for everything and for nothing; null if neither will do.
 */
export function answerType(accept: string | undefined): string | null {
  if (accept === undefined || accept.trim() === '') return JSON_TYPE;
  let best: string | null = null;
  let bestQuality = 0;
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map(part => part.trim().toLowerCase());
    const type = TYPES.get(name);
    const quality = qualityOf(parameters);
    if (type === undefined || quality <= bestQuality) continue;
    best = type;
    bestQuality = quality;
  }
  return best;
}

const TYPES = new Map([
  ['application/json', JSON_TYPE],
  ['application/graphql-response+json', GRAPHQL_TYPE],
  ['application/*', JSON_TYPE],
  ['*/*', JSON_TYPE],
]);

function qualityOf(parameters: readonly string[]): number {
  const given = parameters.find(parameter => parameter.startsWith('q='));
  const quality = given === undefined ? 1 : Number(given.slice(2));
  return Number.isFinite(quality) ? quality : 0;
}
