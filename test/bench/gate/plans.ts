import type pg from 'pg';

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly Plans?: readonly Node[];
}

/** How a statement reads one table. */
export interface Scan {
  readonly table: string;
  /** The index that it goes along, or the table. */
  readonly relation: string;
  /** As in a plan: `Index Scan using partner_pkey on partner`. */
  readonly how: string;
  /** From its first to its last row, be it along an index. */
  readonly whole: boolean;
}

const PLANNED = /^\s*(select|with|insert|update|delete)\b/i;

/** How the planner would have a statement read its tables, whatever its values: as it does of what is prepared. */
export async function scansOf(client: pg.ClientBase, text: string): Promise<Scan[]> {
  if (!PLANNED.test(text)) return [];
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (generic_plan, costs off, format json) ${text}`,
  );
  return nodesOf(rows[0]!['QUERY PLAN'][0].Plan).flatMap(scanOf);
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

function scanOf(node: Node): Scan[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = node;
  if (table === undefined || !type.endsWith('Scan')) return [];
  const isByIndex = type === 'Bitmap Heap Scan' || node['Index Cond'] !== undefined || type === 'Tid Scan';
  const how = index === undefined ? `${type} on ${table}` : `${type} using ${index} on ${table}`;
  return [{ table, relation: index ?? table, how, whole: !isByIndex }];
}

/**
 * What is compared of two plans: which tables are read in which order, and whether from the first to the last row. Of two
 * indexes that serve alike either may be taken.
 */
export const shapeOf = (scans: readonly Scan[]): string =>
  scans.map(({ table, whole }) => `${whole ? 'all of ' : ''}${table}`).join(', ');
