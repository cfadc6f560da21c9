import type { EntityManager } from '@mikro-orm/postgresql';
import { CATEGORIES, hasProfessionalSecrecy } from '../category/categories.data.js';
import { NEEDS } from '../need/needs.data.js';
import { shippedSynonymRows } from '../search/synonyms.rules.js';
import { insertRows } from './insert-rows.js';

/**
 * Brings categories, needs and the shared synonyms of a database up to those of the program, by their code; run as the owner after the
 * migrations. Nothing is written where nothing differs, and codes of categories and needs that the program does not know stay as they are.
 */
export async function writeReferenceData(em: EntityManager): Promise<void> {
  const categories = CATEGORIES.map(({ code, parent, de, en }, position) => ({
    code,
    parent_code: parent,
    name_de: de,
    name_en: en,
    position,
    professional_secrecy: hasProfessionalSecrecy(code),
  }));
  const needs = NEEDS.map(({ code, de, en, sensitive }, position) => ({
    code,
    name_de: de,
    name_en: en,
    position,
    sensitive,
  }));
  await insertRows(em, 'category', categories, updateByCode('category', categories[0]));
  await insertRows(em, 'need', needs, updateByCode('need', needs[0]));
  await writeSynonyms(em);
}

/** The program's groups of synonyms: nothing refers to one, so those that it does not know any more go. */
async function writeSynonyms(em: EntityManager): Promise<void> {
  const groups = shippedSynonymRows();
  const codes = JSON.stringify(groups.map(group => group.code));
  await em.execute('delete from search_synonym where network_id is null and not ?::jsonb @> to_jsonb(code)', [codes]);
  await insertRows(em, 'search_synonym', groups, 'on conflict ("code") do nothing');
}

function updateByCode(table: string, row: object = {}): string {
  const columns = Object.keys(row).filter(column => column !== 'code');
  const values = (of: string) => columns.map(column => `${of}."${column}"`).join(', ');
  return `on conflict ("code") do update set (${columns.map(column => `"${column}"`).join(', ')}) = row(${values('excluded')})
    where (${values(`"${table}"`)}) is distinct from (${values('excluded')})`;
}
