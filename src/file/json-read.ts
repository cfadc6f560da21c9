import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { utf8Of } from './decode.js';
import { finding } from './finding.rules.js';
import { JsonBuilder, type JsonValue } from './json-builder.js';
import { DEFAULT_FILE_LIMITS, type FileLimits } from './limits.rules.js';
import { extensionOf } from './paths.rules.js';
import type { FindingReport } from './report.js';
import { SourceFault } from './source-fault.js';
import type { SourceFile } from './source-file.js';

export type { JsonObject, JsonValue } from './json-builder.js';

export interface JsonRecord {
  /** Its number in the file, from 1; in NDJSON its line. */
  row: number;
  /** The key of the list in which it stood, where the file is a page; else null. */
  list: string | null;
  value: JsonValue;
}

export interface JsonOptions {
  limits?: FileLimits;
  /** Which keys of an outermost object hold a list of records. */
  isList?: (key: string) => boolean;
}

/** The lists of a page, in HSDS 3 and in its British predecessor. */
export const isPageList = (key: string): boolean => key === 'contents' || key === 'content';

/**
 * The records of a JSON: elements of an outermost array, elements of the lists of a page, one object, or one value after
 * the other (NDJSON). What surrounds the lists of a page is passed over. Of a file that is cut or broken the records
 * before the fault are kept; in NDJSON only the line of the fault is lost.
 */
export async function* readJson(
  file: SourceFile,
  report: FindingReport,
  { limits = DEFAULT_FILE_LIMITS, isList = isPageList }: JsonOptions = {},
): AsyncIterable<JsonRecord> {
  const lines = ['ndjson', 'jsonl'].includes(extensionOf(file.name));
  let row = 0;
  try {
    const text = textOf(utf8Of(file, report));
    for await (const record of lines ? linesOf(text, file.name, report, limits) : recordsOf(text, limits, isList)) {
      row = record.row;
      yield record;
    }
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    report.add(finding({ file: file.name, row: lines ? null : row + 1 }, error.code, error.value));
  }
}

async function* textOf(bytes: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
}

async function* recordsOf(
  text: AsyncIterable<string>,
  limits: FileLimits,
  isList: (key: string) => boolean,
): AsyncIterable<JsonRecord> {
  const parse = jsonParser({ packValues: false, streamValues: true, jsonStreaming: true });
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

function tokensOf(parse: ReturnType<typeof jsonParser>, part: string): readonly Token[] {
  try {
    const result = parse(part);
    return typeof result === 'symbol' ? [] : (result as { values: Token[] }).values;
  } catch (error) {
    // The parser's messages are about the text; it has no class of its own for them.
    if (error instanceof Error && /^Parser /.test(error.message)) throw new SourceFault('BAD_FORMAT', part.trim());
    throw error;
  }
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

async function* linesOf(
  text: AsyncIterable<string>,
  file: string,
  report: FindingReport,
  limits: FileLimits,
): AsyncIterable<JsonRecord> {
  let row = 0;
  let line = '';
  let tooLong = false;
  const tell = (code: 'BAD_FORMAT' | 'TRUNCATED' | 'TOO_LARGE', value: string) =>
    report.add(finding({ file, row }, code, value));

  function parsed(last: boolean): JsonRecord | null {
    row++;
    const content = line;
    const long = tooLong;
    line = '';
    tooLong = false;
    if (long) tell('TOO_LARGE', `more than ${limits.jsonSize} characters`);
    if (long || content.trim() === '') return null;
    const value = lineValue(content, limits);
    if (!(value instanceof SourceFault)) return { row, list: null, value };
    tell(last && value.code === 'BAD_FORMAT' ? 'TRUNCATED' : (value.code as 'BAD_FORMAT'), value.value);
    return null;
  }

  for await (const piece of text) {
    const parts = piece.split('\n');
    for (const [i, part] of parts.entries()) {
      if (i > 0) {
        const record = parsed(false);
        if (record) yield record;
      }
      tooLong ||= line.length + part.length > limits.jsonSize;
      line = tooLong ? '' : line + part;
    }
  }
  const record = line || tooLong ? parsed(true) : null;
  if (record) yield record;
}

/** Tokens take many times the room of their text: a long line gets to the parser in parts. */
const PARTS = /.{1,65536}/gs;

/** Through the same builder as all JSON: it knows the limits. */
function lineValue(line: string, limits: FileLimits): JsonValue | SourceFault {
  const parse = jsonParser({ packValues: false, streamValues: true });
  const builder = new JsonBuilder(limits);
  try {
    // A space tells the parser that a number is over.
    let value: JsonValue | undefined;
    for (const part of `${line} `.match(PARTS)!)
      for (const token of tokensOf(parse, part)) value = builder.take(token)?.value ?? value;
    if (value !== undefined) return value;
  } catch (error) {
    if (error instanceof SourceFault) return error;
    throw error;
  }
  return new SourceFault('BAD_FORMAT', line);
}
