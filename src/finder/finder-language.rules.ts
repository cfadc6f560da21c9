const BITS = 62;
const THROUGH_INTERPRETER = 1n << 62n;

/**
 * As `finder_language_mask` of the database: a bit for the first two letters of each tag. Two tags of which one meets the
 * other share a bit; that two share one does not say that they meet.
 *
 * @param tags BCP 47
 */
export const spokenMask = (tags: readonly string[]): bigint => tags.reduce((mask, tag) => mask | bitOf(tag), 0n);

/** A service that shares no bit with this understands none of these languages, nor has it an interpreter. */
export const understandingMask = (tags: readonly string[]): bigint => spokenMask(tags) | THROUGH_INTERPRETER;

function bitOf(tag: string): bigint {
  const [first = 0, second = 0] = [...tag.toLowerCase()].map(letter => letter.codePointAt(0)!);
  return 1n << BigInt((first * 31 + second) % BITS);
}
