export enum ClientCaseStatus {
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}

/** Read aloud without mistakes: no vowels that make words, nothing that looks like another. */
const LETTERS = [...'23456789BCDFGHJKMNPQRSTVWXYZ'];

/** The pseudonym of a case, `F-538X-5NKZ`, of letters that are drawn one after the other. */
export function referenceOf(draw: (letters: readonly string[]) => string): string {
  const part = () => Array.from({ length: 4 }, () => draw(LETTERS)).join('');
  return `F-${part()}-${part()}`;
}
