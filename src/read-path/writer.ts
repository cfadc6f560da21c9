import { Sql } from '../shared/sql.js';

/**
 * An expression of SQL that concatenates the JSON of an object. Its text is made of names from the document, which the
 * grammar of GraphQL keeps to letters, digits and _, and of the program's own SQL; values stay apart.
 */
export class Writer {
  private text = `'{`;
  private readonly values: unknown[] = [];
  private empty = true;

  key(name: string): this {
    this.text += `${this.empty ? '' : ','}"${name}":`;
    this.empty = false;
    return this;
  }

  /** JSON that is known before anything is read. */
  constant(json: string): this {
    this.text += json;
    return this;
  }

  /** SQL that answers JSON as text. */
  add({ text, values }: Sql): this {
    this.text += `' || ${text} || '`;
    this.values.push(...values);
    return this;
  }

  end(): Sql {
    return new Sql(`(${this.text}}')`, this.values);
  }
}
