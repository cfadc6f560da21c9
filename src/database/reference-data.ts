import type { EntityManager } from '@mikro-orm/postgresql';
import { CRITERIA } from '../accessibility/accessibility-criteria.data.js';
import { CATEGORIES, hasProfessionalSecrecy } from '../category/categories.data.js';
import { NEEDS } from '../need/needs.data.js';
import { shippedSynonymRows } from '../search/synonyms.rules.js';
import { TRAINING_TOPICS } from '../training/training-topics.data.js';
import { insertRows } from './insert-rows.js';

/**
 * Brings categories, needs, criteria of accessibility, topics of training and the shared synonyms of a database up to those
 * of the program, by their code; run as the owner after the migrations. Nothing is written where nothing differs, and codes
 * that the program does not know stay as they are, but for synonyms.
 */
export async function writeReferenceData(em: EntityManager): Promise<void> {
  for (const [table, rows] of Object.entries(referenceRows()))
    await insertRows(em, table, rows, updateByCode(table, rows[0]));
  await writeSynonyms(em, shippedSynonymRows());
}

/** All that the program brings along. */
export const referenceData = () => [referenceRows(), shippedSynonymRows()];

/** What has a code, as rows by table. */
function referenceRows() {
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
  const criteria = CRITERIA.map((one, position) => ({
    code: one.code,
    criterion_group: one.group,
    name_de: one.de,
    name_en: one.en,
    asked_de: one.askedDe,
    asked_en: one.askedEn,
    unit: one.unit ?? null,
    minimum: one.minimum ?? null,
    maximum: one.maximum ?? null,
    source: one.source,
    feature: one.feature ?? null,
    essential: one.essential ?? false,
    position,
  }));
  const topics = TRAINING_TOPICS.map(({ code, de, en, needs: about, refreshMonths }, position) => ({
    code,
    name_de: de,
    name_en: en,
    needs: about,
    refresh_months: refreshMonths ?? null,
    position,
  }));
  return {
    category: categories,
    need: needs,
    accessibility_criterion: criteria,
    training_topic: topics,
  };
}

/** The program's groups of synonyms: nothing refers to one, so those that it does not know any more go. */
async function writeSynonyms(em: EntityManager, groups: ReturnType<typeof shippedSynonymRows>): Promise<void> {
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
