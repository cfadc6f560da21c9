import type { FieldNode, GraphQLObjectType } from 'graphql';
import { Sql } from '../shared/sql.js';
import type { Selected } from './selection.js';

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

/** SQL: the object of a selection; each field of it is read by the name that the type gives it. */
export function written(
  type: GraphQLObjectType,
  selected: Selected,
  read: (field: string, nodes: readonly FieldNode[]) => Sql,
): Sql {
  const object = new Writer();
  for (const [name, nodes] of selected) {
    const field = nodes[0]!.name.value;
    if (field === '__typename') object.key(name).constant(`"${type.name}"`);
    else object.key(name).add(read(field, nodes));
  }
  return object.end();
}
