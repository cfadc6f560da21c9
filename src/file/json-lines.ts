import { finding } from './finding.rules.js';
import { JsonBuilder, type JsonValue } from './json-builder.js';
import type { JsonRecord } from './json-records.js';
import { tokenizer, tokensOf } from './json-tokens.js';
import type { FileLimits } from './limits.rules.js';
import type { FindingReport } from './report.js';
import { SourceFault } from './source-fault.js';

/** The records of NDJSON, a line each. A bad line is told and costs itself only. */
export async function* linesOf(
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
  const parse = tokenizer(false);
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
