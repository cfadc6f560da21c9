import type { EntityManager } from '@mikro-orm/postgresql';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import { noteIn } from '../shared/temporary-table.js';
import { hearSource, rememberRecords } from '../source/source.actions.js';
import type { Target } from './hsds-records.actions.js';

interface Belonging {
  readonly key: string;
  readonly record: string;
  readonly parent: string | null;
  readonly before: string | null;
  readonly importedAt: string;
}

/**
 * Sets the umbrella of organisations whose source names another one than the last time, once all of them are there.
 *
 * @returns keys of those that would be their own umbrella in the end; they are left without
 */
export async function hearUmbrellas(tx: EntityManager, { network, source, by }: Target): Promise<string[]> {
  await noteIn(
    tx,
    'known_organization',
    sql`select k.key, p.id as record, p.merged_into_id as survivor, k.document ->> 'parent' as before,
          k.imported_at as "importedAt"
        from source_record k join partner p on p.id = k.record_id
        where k.source_id = ${source} and starts_with(k.key, 'organizations:')`,
    'key',
  );
  const rows = await rowsOf<Belonging>(
    tx,
    sql`select c.key, c.record, coalesce(p.survivor, p.record) as parent, c.before, c."importedAt"
        from staged_row r join known_organization c on c.key = r.key
        left join known_organization p on p.key = 'organizations:' || (r.row ->> 'parent_organization_id')
        where starts_with(r.key, 'organizations:') and c.survivor is null
          and c.before is distinct from coalesce(p.survivor, p.record)::text
        order by r.position`,
  );
  const parents = await parentsIn(tx, network);
  const [sound, circular] = split(rows, parents);
  await hearSource(
    tx,
    PARTNER_RECORD,
    sound.map(({ record, parent, before, importedAt }) => ({
      record,
      document: { parent },
      before: { document: { parent: before }, at: importedAt },
    })),
    by,
  );
  await rememberRecords(
    tx,
    source,
    sound.map(({ key, record, parent }) => ({ key, record, document: { parent } })),
    by.at,
  );
  return circular.map(({ key }) => key);
}

async function parentsIn(tx: EntityManager, network: string): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; parent: string }>(
    tx,
    sql`select id, parent_id as parent from partner where network_id = ${network} and parent_id is not null`,
  );
  return new Map(rows.map(({ id, parent }) => [id, parent]));
}

/** Those that may be set one after the other, and those that would close a circle. */
function split(rows: readonly Belonging[], parents: Map<string, string>): [Belonging[], Belonging[]] {
  const [sound, circular]: [Belonging[], Belonging[]] = [[], []];
  for (const row of rows) {
    if (row.parent !== null && isBelow(row.parent, row.record, parents)) {
      circular.push(row);
      continue;
    }
    sound.push(row);
    if (row.parent === null) parents.delete(row.record);
    else parents.set(row.record, row.parent);
  }
  return [sound, circular];
}

/** Is the partner the other one, or somewhere below it? */
function isBelow(partner: string, other: string, parents: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = partner; at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === other) return true;
    seen.add(at);
  }
  return false;
}
