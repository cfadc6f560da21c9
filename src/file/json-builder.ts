import type { Token } from 'stream-json/core/parser.js';
import type { FileLimits } from './limits.rules.js';
import { SourceFault } from './source-fault.js';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
/** Without a prototype: a key may have any name. */
export type JsonObject = { [key: string]: JsonValue };

/** Builds one value of tokens, and gives up where it grows beyond the limits: the text may come from anybody. */
export class JsonBuilder {
  private readonly open: { into: JsonValue[] | JsonObject; key: string | null }[] = [];
  private text: string[] = [];
  private key: string | null = null;
  private size = 0;
  private values = 0;

  constructor(private readonly limits: FileLimits) {}

  get started(): boolean {
    return this.values > 0 || this.text.length > 0;
  }

  /** The value, where it is complete with this token. */
  take(token: Token): { value: JsonValue } | null {
    switch (token.name) {
      case 'startObject':
        return this.begin(Object.create(null));
      case 'startArray':
        return this.begin([]);
      case 'endObject':
      case 'endArray':
        return this.end();
      case 'startKey':
      case 'startString':
      case 'startNumber':
        this.text = [];
        return null;
      case 'stringChunk':
      case 'numberChunk':
        this.grow(token.value.length);
        this.text.push(token.value);
        return null;
      case 'endKey':
        this.key = ownText(this.text);
        return null;
      case 'endString':
        return this.put(ownText(this.text));
      case 'endNumber':
        return this.put(numberOf(this.text.join('')));
      case 'trueValue':
      case 'falseValue':
      case 'nullValue':
        return this.put(token.value);
      default:
        return null;
    }
  }

  private begin(into: JsonValue[] | JsonObject): null {
    if (this.open.length >= this.limits.nesting)
      throw new SourceFault('TOO_MANY', `nested deeper than ${this.limits.nesting}`);
    this.count();
    this.open.push({ into, key: this.key });
    this.key = null;
    return null;
  }

  private end(): { value: JsonValue } | null {
    const { into, key } = this.open.pop()!;
    this.key = key;
    this.values--;
    return this.put(into);
  }

  private put(value: JsonValue): { value: JsonValue } | null {
    this.count();
    const parent = this.open.at(-1)?.into;
    if (!parent) {
      this.size = this.values = 0;
      return { value };
    }
    if (Array.isArray(parent)) parent.push(value);
    else parent[this.key!] = value;
    return null;
  }

  private count(): void {
    if (++this.values > this.limits.jsonValues)
      throw new SourceFault('TOO_LARGE', `more than ${this.limits.jsonValues} values in a record`);
  }

  private grow(by: number): void {
    this.size += by;
    if (this.size > this.limits.jsonSize)
      throw new SourceFault('TOO_LARGE', `more than ${this.limits.jsonSize} characters in a record`);
  }
}

/**
 * The text, as one that holds on to nothing else: a part of a string keeps the whole alive, here the piece of the file
 * that it was cut from. NUL and halves of characters, which no database takes, become U+FFFD.
 */
const ownText = (parts: readonly string[]): string =>
  ` ${parts.join('')}`.slice(1).toWellFormed().replaceAll('\0', '\ufffd');

/** As a number where it stays the same number: identifiers are often longer than what fits. */
export function numberOf(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : text;
}
