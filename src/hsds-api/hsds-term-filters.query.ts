import type { EntityManager } from '@mikro-orm/postgresql';
import { OWN_TAXONOMIES, type OwnTaxonomy, ownTaxonomyId, ownTermRows } from '../hsds-export/hsds-own-terms.rules.js';
import { readCodes } from '../hsds-export/hsds-rows.query.js';
import { OWN_TAXONOMY } from '../hsds-import/hsds-terms.rules.js';
import { type Sql, sql } from '../shared/sql.js';
import type { RecordList } from './hsds-api.rules.js';

/** SQL: does a row `t` have this term? One of the hub's own by what it means, one of a source by what that said. */
export async function ofTerm(em: EntityManager, list: RecordList, id: string): Promise<Sql> {
  const { categories, needs } = await readCodes(em);
  const own = ownTermRows(categories, needs).find(row => row.table === 'taxonomy_terms' && row.id === id);
  if (!own) return saidWith(list, sql`r.row ->> 'taxonomy_term_id' = ${id}`);
  const taxonomy = own.values.taxonomy!.slice(OWN_TAXONOMY.length) as OwnTaxonomy;
  return hasCode(list, taxonomy, own.values.code ?? '');
}

/** SQL: does it have any term of this taxonomy? */
export function ofTaxonomy(list: RecordList, id: string): Sql {
  const own = (Object.keys(OWN_TAXONOMIES) as OwnTaxonomy[]).find(one => ownTaxonomyId(one) === id);
  if (own) return hasCode(list, own, null);
  return saidWith(
    list,
    sql`exists (select from source_row m where m.source_id = r.source_id
      and m.key = 'taxonomy_terms:' || (r.row ->> 'taxonomy_term_id') and m.row ->> 'taxonomy_id' = ${id})`,
  );
}

/** Null: any code. */
function hasCode(list: RecordList, taxonomy: OwnTaxonomy, code: string | null): Sql {
  const isIt = (column: Sql): Sql => (code === null ? sql`${column} is not null` : sql`${column} = ${code}`);
  if (list === 'organizations')
    return taxonomy === 'partner-kind'
      ? sql`exists (select from unnest(t.kinds) one where ${isIt(sql`one`)})`
      : sql`false`;
  switch (taxonomy) {
    case 'category':
      return sql`exists (select from service_category c where c.service_id = t.id and ${isIt(sql`c.category_code`)})`;
    case 'need':
      return sql`exists (select from service_need c where c.service_id = t.id and ${isIt(sql`c.need_code`)})`;
    case 'delivery-mode':
      return sql`exists (select from unnest(t.delivery_modes) one where ${isIt(sql`one`)})`;
    case 'feedback-level':
      return isIt(sql`t.feedback_level`);
    default:
      return sql`false`;
  }
}

function saidWith(list: RecordList, which: Sql): Sql {
  const root = list === 'organizations' ? 'organizations:' : 'services:';
  return sql`t.id in (select k.record_id from source_row r join source_record k on k.source_id = r.source_id and k.key = r.root
    where starts_with(r.key, 'attributes:') and starts_with(r.root, ${root}) and ${which})`;
}
