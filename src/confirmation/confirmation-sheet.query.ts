import type { EntityManager } from '@mikro-orm/postgresql';
import { JobOpeningStatus } from '../job-opening/job-opening.rules.js';
import { LocationStatus } from '../location/location.rules.js';
import { hoursOf } from '../opening-hours/opening-hours.rules.js';
import { hoursText } from '../opening-hours/opening-hours-text.rules.js';
import { textOfValue } from '../proposal/field-names.query.js';
import { ADDRESS_FIELDS, hidesAddress } from '../proposal/proposal.rules.js';
import { readRecords, type StoredRecord } from '../record/record.query.js';
import { type FieldGroup, type RecordKind, RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { PUBLISHED } from '../service/service.rules.js';
import { berlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';
import { type GroupConfirmed, groupsConfirmed } from './confirmation.query.js';
import { groupLabel, groupsOf } from './confirmation.rules.js';
import { openLink } from './confirmation-link.query.js';

/** What a link would confirm, in German, as people read it. */
export interface ConfirmationSheet {
  readonly partner: string;
  /** The last moment of the link, as a day. */
  readonly until: string;
  readonly sections: readonly SheetSection[];
  /** Records that are confirmed as well, but are too many to be shown. */
  readonly more: number;
}

export interface SheetSection {
  readonly title: string;
  readonly groups: readonly {
    readonly label: string;
    readonly freshness: string;
    readonly fields: readonly { readonly label: string; readonly value: string }[];
  }[];
}

/** Records on one page. Who has more keeps them with an account. */
const MOST_SHOWN = 60;

/** Null for a token that opens nothing, whyever. */
export async function confirmationSheet(ctx: Context, token: string): Promise<ConfirmationSheet | null> {
  const { em } = ctx;
  const link = await openLink(ctx, token);
  if (!link) return null;
  const partner = (await readRecords(em, RECORD_KINDS.PARTNER, [link.partner])).get(link.partner)!;
  const locations = await shown(em, RECORD_KINDS.LOCATION, link.partner, [LocationStatus.ACTIVE]);
  const services = await shown(em, RECORD_KINDS.SERVICE, link.partner, PUBLISHED);
  const openings = await shown(em, RECORD_KINDS.JOB_OPENING, link.partner, [JobOpeningStatus.OPEN]);
  const all = [
    { kind: RECORD_KINDS.PARTNER, record: partner },
    ...locations.map(record => ({ kind: RECORD_KINDS.LOCATION, record })),
    ...services.map(record => ({ kind: RECORD_KINDS.SERVICE, record })),
    ...openings.map(record => ({ kind: RECORD_KINDS.JOB_OPENING, record })),
  ].filter(({ kind }) => groupsOf(kind).some(group => link.groups.includes(group)));
  const told = all.slice(0, MOST_SHOWN);
  const confirmed = await confirmedOf(em, told);
  const sections: SheetSection[] = [];
  for (const one of told) sections.push(await sectionOf(ctx, one, link.groups, confirmed.get(one.record.id) ?? []));
  return {
    partner: String(partner.document.name),
    until: germanDay(berlinDay(link.expiresAt)),
    sections,
    more: all.length - told.length,
  };
}

interface Shown {
  readonly kind: RecordKind;
  readonly record: StoredRecord;
}

async function shown(
  em: EntityManager,
  kind: RecordKind,
  partner: string,
  statuses: readonly string[],
): Promise<StoredRecord[]> {
  const named = verbatim(kind.name === RecordName.JOB_OPENING ? 't.title' : 't.name');
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select t.id from ${verbatim(kind.table)} t where t.partner_id = ${partner}
        and t.status = any(${statuses}::text[]) order by ${named} nulls last, t.id`,
  );
  const ids = rows.map(({ id }) => id);
  const records = await readRecords(em, kind, ids);
  return ids.flatMap(id => records.get(id) ?? []);
}

async function confirmedOf(em: EntityManager, told: readonly Shown[]): Promise<Map<string, GroupConfirmed[]>> {
  const found: GroupConfirmed[] = [];
  for (const kind of Object.values(RECORD_KINDS)) {
    const ids = told.filter(one => one.kind === kind).map(({ record }) => record.id);
    if (ids.length > 0) found.push(...(await groupsConfirmed(em, kind, ids)));
  }
  return Map.groupBy(found, ({ record }) => record);
}

async function sectionOf(
  ctx: Context,
  { kind, record }: Shown,
  asked: readonly FieldGroup[],
  confirmed: readonly GroupConfirmed[],
): Promise<SheetSection> {
  const untold = hidesAddress(kind, record.document) ? ADDRESS_FIELDS : [];
  const groups: SheetSection['groups'][number][] = [];
  for (const { group, confirmedAt } of confirmed.filter(one => asked.includes(one.group))) {
    const fields: { label: string; value: string }[] = [];
    for (const [field, spec] of Object.entries(kind.fields)) {
      if (spec.group !== group || untold.includes(field)) continue;
      const stored = record.document[field] ?? null;
      const value =
        field === 'openingHours'
          ? hoursText(hoursOf(stored), 'de', ctx.now)
          : await textOfValue(ctx, field, stored, 'de');
      if (value) fields.push({ label: spec.de, value });
    }
    const freshness = confirmedAt
      ? `zuletzt bestätigt am ${germanDay(berlinDay(confirmedAt))}`
      : 'noch nicht bestätigt';
    groups.push({ label: groupLabel(group), freshness, fields });
  }
  return { title: titleOf(kind, record), groups };
}

function titleOf(kind: RecordKind, { document }: StoredRecord): string {
  if (kind.name === RecordName.LOCATION) return `Standort ${document.name ?? document.city}`;
  if (kind.name === RecordName.JOB_OPENING) return `Stelle ${document.title}`;
  return kind.name === RecordName.SERVICE ? `Angebot ${document.name}` : String(document.name);
}
