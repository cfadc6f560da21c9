import type { MetadataStorage } from '@mikro-orm/postgresql';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import { checkGiven } from '../shared/checked-arguments.js';
import type { Context } from '../shared/context.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { columnPrinter } from './column.js';
import { connectionOfRows } from './page.js';
import { OrdinaryWay, objectTypeOf, type Selected } from './selection.js';
import type { Arguments, ListedPage, Reader, Shape, Shapes } from './shape.js';
import { written } from './writer.js';

/** What an operation asks, and by whom. */
export interface Asked {
  schema: GraphQLSchema;
  shapes: Shapes;
  metadata: MetadataStorage;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variables: Readonly<Record<string, unknown>>;
  ctx: Context;
}

/** Turns selections into SQL: each answers JSON as text. Throws OrdinaryWay. */
export class Compiler {
  private rows = 0;
  private readonly given = new Map<FieldNode, Arguments>();
  /** By where they are asked for. */
  private readonly below = new Map<readonly FieldNode[], Selected>();

  constructor(private readonly asked: Asked) {}

  /** A name for rows that no other row of the statement has: what is nested names its own `t`. */
  nextRow(): string {
    return `r${++this.rows}`;
  }

  /** As a resolver gets them, or BAD_USER_INPUT. */
  argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Arguments {
    if (field.args.length === 0) return {};
    const known = this.given.get(node);
    if (known) return known;
    const given = getArgumentValues(field, node, this.asked.variables);
    checkGiven(field, given);
    this.given.set(node, given);
    return given;
  }

  selected(type: GraphQLObjectType, nodes: readonly FieldNode[]): Selected {
    const known = this.below.get(nodes);
    if (known) return known;
    const { schema, fragments, variables } = this.asked;
    const selected = collectSubfields(schema, fragments, variables, type, [...nodes]);
    this.below.set(nodes, selected);
    return selected;
  }

  /** SQL: the object that a row is, for a selection of its fields. */
  object(type: GraphQLObjectType, selected: Selected, row: string, shape = this.shapeOf(type)): Sql {
    return written(type, selected, (_field, nodes) => this.field(shape, type, nodes, row));
  }

  private shapeOf(type: GraphQLObjectType): Shape {
    const shape = this.asked.shapes[type.name];
    if (!shape) throw new OrdinaryWay(true);
    return shape;
  }

  private field(shape: Shape, type: GraphQLObjectType, nodes: readonly FieldNode[], row: string): Sql {
    const node = nodes[0]!;
    const field = type.getFields()[node.name.value]!;
    const reader = shape.fields?.[field.name];
    if (reader) return this.read(reader, shape, field, nodes, row);
    const print =
      shape.entity && shape.columns?.includes(field.name) && columnOf(this.asked.metadata, shape.entity, field);
    if (!print) throw new OrdinaryWay(true);
    return verbatim(print(row));
  }

  private read(
    reader: Reader,
    shape: Shape,
    field: GraphQLField<unknown, unknown>,
    nodes: readonly FieldNode[],
    row: string,
  ): Sql {
    const { ctx } = this.asked;
    const here = verbatim(row);
    const args = this.argumentsOf(field, nodes[0]!);
    if (reader.kind === 'value') return reader.read(here, ctx, args);
    const type = objectTypeOf(field);
    const selected = this.selected(type, nodes);
    if (reader.kind === 'part') {
      const object = this.object(type, selected, row, {
        ...this.shapeOf(type),
        ...(shape.entity && { entity: shape.entity }),
      });
      return reader.nullIf ? sql`case when ${reader.nullIf(here)} then 'null' else ${object} end` : object;
    }
    if (reader.kind === 'one') return this.one(type, selected, reader.from(here, ctx));
    if (reader.kind === 'many') {
      const found = sql`${reader.from(here, ctx)} order by ${verbatim(reader.order)}`;
      return this.many(type, selected, found);
    }
    const page = reader.page(here, ctx, args);
    if (!page) throw new OrdinaryWay(false);
    return this.page(type, selected, page);
  }

  /** SQL: one row as an object, or `null`. */
  one(type: GraphQLObjectType, selected: Selected, from: Sql): Sql {
    return sql`coalesce(${this.only(type, selected, from)}, 'null')`;
  }

  /** SQL: one row as an object; null, and with it the whole answer, where there is none. */
  only(type: GraphQLObjectType, selected: Selected, from: Sql): Sql {
    const row = this.nextRow();
    const object = this.object(type, selected, row);
    return sql`(select ${object} from (select t.* from ${from}) ${verbatim(row)})`;
  }

  private many(type: GraphQLObjectType, selected: Selected, from: Sql): Sql {
    const row = this.nextRow();
    const object = this.object(type, selected, row);
    // The rows come sorted from within: nothing reorders one scan that is aggregated.
    const list = sql`(select string_agg(${object}, ',') from (select t.* from ${from}) ${verbatim(row)})`;
    return sql`'[' || coalesce(${list}, '') || ']'`;
  }

  /** SQL: a page as a connection. */
  page(type: GraphQLObjectType, selected: Selected, page: ListedPage): Sql {
    return connectionOfRows(this, this.asked.ctx.secrets, { type, selected }, page);
  }
}

type Printer = ReturnType<typeof columnPrinter>;
const printers = new WeakMap<object, WeakMap<GraphQLField<unknown, unknown>, Printer>>();

/** The column of a field that is a property, worked out once. */
function columnOf(
  metadata: MetadataStorage,
  entity: NonNullable<Shape['entity']>,
  field: GraphQLField<unknown, unknown>,
): Printer {
  const ofEntity = printers.get(entity as object) ?? new WeakMap();
  printers.set(entity as object, ofEntity);
  const known = ofEntity.get(field);
  if (known !== undefined) return known;
  const print = field.args.length > 0 ? null : columnPrinter(metadata.get(entity), field.name, field.type);
  ofEntity.set(field, print);
  return print;
}
