import type { EntityMetadata } from '@mikro-orm/postgresql';
import {
  type GraphQLNullableType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isScalarType,
} from 'graphql';
import { isoMoment } from '../shared/moment.js';

/**
 * SQL: the JSON of the column behind a property, as text and never null: `print('x')` for the row `x`. Null for what is
 * no column of its own, and for types that are not known here. Concatenation is a fifth faster than `row_to_json`.
 */
export function columnPrinter(
  metadata: EntityMetadata,
  property: string,
  type: GraphQLOutputType,
): ((row: string) => string) | null {
  const column = (metadata.properties as Record<string, EntityMetadata['props'][number] | undefined>)[property];
  if (column?.kind !== 'scalar' || column.persist === false || column.fieldNames?.length !== 1) return null;
  const print = printerOf(getNullableType(type), column.columnTypes?.[0] ?? '');
  if (!print) return null;
  const name = `."${column.fieldNames[0]}"`;
  return row => (column.nullable ? `coalesce(${print(row + name)}, 'null')` : print(row + name));
}

type Print = (column: string) => string;

const quoted: Print = text => `'"' || ${text} || '"'`;
const bare: Print = column => `${column}::text`;
const escaped: Print = column => `to_json(${column})::text`;

const SCALARS: Readonly<Record<string, Print>> = {
  Boolean: bare,
  DateTime: isoMoment,
  Float: bare,
  Int: bare,
  LanguageTag: escaped,
  LocalDate: column => quoted(`to_char(${column}, 'YYYY-MM-DD')`),
  MunicipalityKey: escaped,
  String: escaped,
};

function printerOf(type: GraphQLNullableType, columnType: string): Print | null {
  if (isListType(type)) return columnType.endsWith('[]') && isTold(getNamedType(type)) ? escaped : null;
  if (!isTold(type)) return null;
  if (isEnumType(type)) return quoted;
  if (!isScalarType(type)) return null;
  if (type.name === 'ID') return columnType === 'uuid' ? quoted : escaped;
  return SCALARS[type.name] ?? null;
}

/** The values of an enum are stored; what is told are their names. */
const isTold = (type: GraphQLNullableType): boolean =>
  !isEnumType(type) || type.getValues().every(({ name, value }) => name === value);
