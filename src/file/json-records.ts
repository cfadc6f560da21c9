import type { Token } from 'stream-json/core/parser.js';
import { JsonBuilder, type JsonValue } from './json-builder.js';
import { tokenizer, tokensOf } from './json-tokens.js';
import type { FileLimits } from './limits.rules.js';
import { SourceFault } from './source-fault.js';

export interface JsonRecord {
  /** Its number in the file, from 1; in NDJSON its line. */
  row: number;
  /** The key of the list in which it stood, where the file is a page; else null. */
  list: string | null;
  value: JsonValue;
}

/** The records of a text that is one JSON, or several. */
export async function* recordsOf(
  text: AsyncIterable<string>,
  limits: FileLimits,
  isList: (key: string) => boolean,
): AsyncIterable<JsonRecord> {
  const parse = tokenizer(true);
  const finder = recordFinder(limits, isList);
  // The parser keeps back what it has found in a text that turns out broken: it gets one object at a time.
  for await (const piece of text)
    for (const part of piece.match(/[^}]*}|[^}]+$/g) ?? []) {
      for (const token of tokensOf(parse, part)) {
        const record = finder.take(token);
        if (record) yield record;
      }
    }
  if (finder.unfinished()) throw new SourceFault('TRUNCATED', '');
}

/** Finds the records in the tokens: what lies where in the file is known by its depth. */
function recordFinder(limits: FileLimits, isList: (key: string) => boolean) {
  let row = 0;
  let builder: JsonBuilder | null = null;
  /** `array`: within an outermost array. `list`: within a list of a page. */
  let within: 'top' | 'array' | 'list' = 'top';
  let list: string | null = null;
  /** The outermost object, as far as it holds no records. */
  let outer: { builder: JsonBuilder; depth: number; key: string; isPage: boolean } | null = null;

  const built = (token: Token): JsonRecord | null => {
    builder ??= new JsonBuilder(limits);
    const done = builder.take(token);
    if (!done) return null;
    builder = null;
    return { row: ++row, list, value: done.value };
  };

  function inOuter(token: Token): JsonRecord | null {
    const page = outer!;
    if (token.name === 'startArray' && page.depth === 1 && isList(page.key)) {
      // Stands for the list in what surrounds it, which nobody reads.
      page.builder.take({ name: 'nullValue', value: null });
      page.isPage = true;
      within = 'list';
      list = page.key;
      return null;
    }
    if (page.depth === 1 && token.name === 'startKey') page.key = '';
    if (page.depth === 1 && token.name === 'stringChunk') page.key += token.value;
    if (token.name === 'startObject' || token.name === 'startArray') page.depth++;
    if (token.name === 'endObject' || token.name === 'endArray') page.depth--;
    const done = page.builder.take(token);
    if (!done) return null;
    outer = null;
    return page.isPage ? null : { row: ++row, list: null, value: done.value };
  }

  return {
    take(token: Token): JsonRecord | null {
      if (within !== 'top' && !builder && token.name === 'endArray') {
        within = 'top';
        list = null;
        return null;
      }
      if (within !== 'top' || builder) return built(token);
      if (outer) return inOuter(token);
      if (token.name === 'startArray') {
        within = 'array';
        return null;
      }
      if (token.name !== 'startObject') return built(token);
      outer = { builder: new JsonBuilder(limits), depth: 1, key: '', isPage: false };
      outer.builder.take(token);
      return null;
    },
    unfinished: () => within !== 'top' || builder !== null || outer !== null,
  };
}
