import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { SourceFault } from './source-fault.js';

/** The tokenizer of the package. Several values one after the other are one text, where `several`. */
export const tokenizer = (several: boolean): ReturnType<typeof jsonParser> =>
  jsonParser({ packValues: false, streamValues: true, jsonStreaming: several });

/** The tokens of the next part of a text. Throws `SourceFault` where it is no JSON. */
export function tokensOf(parse: ReturnType<typeof tokenizer>, part: string): readonly Token[] {
  try {
    const result = parse(part);
    return typeof result === 'symbol' ? [] : (result as { values: Token[] }).values;
  } catch (error) {
    // The parser's messages are about the text; it has no class of its own for them.
    if (error instanceof Error && /^Parser /.test(error.message)) throw new SourceFault('BAD_FORMAT', part.trim());
    throw error;
  }
}
