import type { EntityManager } from '@mikro-orm/postgresql';
import { hoursOf } from '../opening-hours/opening-hours.rules.js';
import { hoursText } from '../opening-hours/opening-hours-text.rules.js';
import { textOfValue } from '../proposal/field-names.query.js';
import { ADDRESS_FIELDS, hidesAddress } from '../proposal/proposal.rules.js';
import { readRecords, type StoredRecord } from '../record/record.query.js';
import { type FieldGroup, type RecordKind, RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { berlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';
import { type GroupConfirmed, groupsConfirmed } from './confirmation.query.js';
import { groupLabel } from './confirmation.rules.js';
import { openLink } from './confirmation-link.query.js';
import { kindsWith, ofShown, scopeOf } from './confirmation-scope.query.js';

/** What a link would confirm, in German, as people read it. */
export interface ConfirmationSheet {
  readonly partner: string;
  /** The last moment of the link, as a day. */
  readonly until: string;
  readonly sections: readonly SheetSection[];
  /** Records that are confirmed as well, but are too many to be shown. */
  readonly more: number;
  /** Of what it would confirm: see `Scope`. */
  readonly digest: string;
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
  // First: what changes while the page is read makes it another one than the digest is of, and never the other way round.
  const scope = await scopeOf(em, link.partner, link.groups);
  const partner = (await readRecords(em, RECORD_KINDS.PARTNER, [link.partner])).get(link.partner)!;
  const told: Shown[] = [];
  for (const kind of kindsWith(link.groups)) {
    const room = MOST_SHOWN - told.length;
    if (room > 0) told.push(...(await firstShown(em, kind, link.partner, room)));
  }
  const confirmed = await confirmedOf(em, told);
  const sections: SheetSection[] = [];
  for (const one of told) sections.push(await sectionOf(ctx, one, link.groups, confirmed.get(one.record.id) ?? []));
  return {
    partner: String(partner.document.name),
    until: germanDay(berlinDay(link.expiresAt)),
    sections,
    more: Math.max(0, scope.count - told.length),
    digest: scope.digest,
  };
}

interface Shown {
  readonly kind: RecordKind;
  readonly record: StoredRecord;
}

/** So many of one kind, by name. */
async function firstShown(em: EntityManager, kind: RecordKind, partner: string, most: number): Promise<Shown[]> {
  const named = verbatim(kind.name === RecordName.JOB_OPENING ? 't.title' : 't.name');
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select t.id ${ofShown(kind, partner)} order by ${named} nulls last, t.id limit ${verbatim(String(most))}`,
  );
  const ids = rows.map(({ id }) => id);
  const records = await readRecords(em, kind, ids);
  return ids.flatMap(id => {
    const record = records.get(id);
    return record ? [{ kind, record }] : [];
  });
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
  const [word, name] = {
    [RecordName.PARTNER]: ['', document.name],
    [RecordName.LOCATION]: ['Standort', document.name ?? document.city],
    [RecordName.SERVICE]: ['Angebot', document.name],
    [RecordName.JOB_OPENING]: ['Stelle', document.title],
  }[kind.name];
  // Some are called so already: "Standort Würselen".
  const isSaid = String(name).toLowerCase().startsWith(String(word).toLowerCase());
  return isSaid ? String(name) : `${word} ${name}`;
}
