import type { FieldNode, GraphQLObjectType } from 'graphql';
import { pageRows, rowsInAll } from '../shared/ordered-list.js';
import type { Secrets } from '../shared/secrets.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import type { Compiler } from './compile.js';
import { cursorOf } from './cursor-sql.js';
import { OrdinaryWay, objectTypeOf, type Selected } from './selection.js';
import type { ListedPage } from './shape.js';
import { written } from './writer.js';

interface Connection {
  type: GraphQLObjectType;
  selected: Selected;
}

/** SQL: a page as a connection, by one scan of its rows, and of the one after it where somebody asks about that. */
export function connectionOfRows(compiler: Compiler, secrets: Secrets, asked: Connection, listed: ListedPage): Sql {
  const { type, selected } = asked;
  const { list, name, conditions, page } = listed;
  const { position } = list;
  if (!position) throw new OrdinaryWay(false);
  const row = compiler.nextRow();
  const looksFurther = [...selected.values()].some(nodes => nodes[0]!.name.value === 'pageInfo');
  const cursor = () => sql`('"' || ${cursorOf(secrets, name, position(row))} || '"')`;

  const node = (of: GraphQLObjectType, field: string, nodes: readonly FieldNode[]): Sql => {
    const nodeType = objectTypeOf(of.getFields()[field]!);
    return compiler.object(nodeType, compiler.selected(nodeType, nodes), row);
  };
  const edge = (nodes: readonly FieldNode[]): Sql => {
    const edgeType = objectTypeOf(type.getFields().edges!);
    return written(edgeType, compiler.selected(edgeType, nodes), (field, below) =>
      field === 'cursor' ? cursor() : node(edgeType, field, below),
    );
  };
  const info = (nodes: readonly FieldNode[]): Sql => {
    const infoType = objectTypeOf(type.getFields().pageInfo!);
    const at = (place: string): Sql =>
      sql`coalesce(max(${cursor()}) filter (where ${verbatim(`${row}.place = ${place}`)}), 'null')`;
    return written(infoType, compiler.selected(infoType, nodes), field => {
      if (field === 'hasNextPage') return verbatim(`(count(*) > ${page.size})::text`);
      if (field === 'hasPreviousPage') return verbatim(`'${page.after !== null}'`);
      return at(field === 'startCursor' ? '1' : `least(${row}.places, ${page.size})`);
    });
  };
  const onPage = verbatim(looksFurther ? `filter (where ${row}.place <= ${page.size})` : '');
  const connection = written(type, selected, (field, nodes) => {
    if (field === 'totalCount') return sql`(${rowsInAll(list, conditions)})::text`;
    if (field === 'pageInfo') return info(nodes);
    const json = field === 'edges' ? edge(nodes) : node(type, field, nodes);
    return sql`'[' || coalesce(string_agg(${json}, ',') ${onPage}, '') || ']'`;
  });
  const rows = pageRows(list, conditions, page, looksFurther ? 1 : 0);
  const placed = looksFurther
    ? sql`select p.*, row_number() over () as place, count(*) over () as places from (${rows}) p`
    : rows;
  // Also a connection of which nothing is asked that counts or lists is one row.
  return sql`(select ${connection} from (${placed}) ${verbatim(row)} having true)`;
}
