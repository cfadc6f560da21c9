import type { Root } from '../hsds-import/hsds-owner.rules.js';
import { LOCATION_RECORD } from '../location/location-record.rules.js';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { changesBetween, completed, type RecordDocument, type RecordKind } from '../record/record.rules.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { PLACES, saysTheSame } from './hsds-capacity-rows.rules.js';
import { withoutGuarded } from './hsds-guarded.rules.js';
import { LOCATION_WRITERS } from './hsds-location-rows.rules.js';
import {
  type FieldWriter,
  type OutRow,
  type OutTerm,
  type PlacesOut,
  rowsOfRecord,
  type TermOf,
  type Writing,
} from './hsds-out.rules.js';
import { PARTNER_WRITERS } from './hsds-partner-rows.rules.js';
import { SERVICE_WRITERS } from './hsds-service-rows.rules.js';

/** Which kind of record goes out into which table, and how. */
export const KINDS: Readonly<Record<Root, { kind: RecordKind; writers: readonly FieldWriter[] }>> = {
  organizations: { kind: PARTNER_RECORD, writers: PARTNER_WRITERS },
  locations: { kind: LOCATION_RECORD, writers: LOCATION_WRITERS },
  services: { kind: SERVICE_RECORD, writers: SERVICE_WRITERS },
};

/** A record of a network on its way out. */
export interface GoingOut {
  readonly record: string;
  /** The id under which it goes out. */
  readonly id: string;
  readonly document: RecordDocument;
  readonly partner: string;
  readonly network: string;
  /** Moments, as PostgreSQL writes them. */
  readonly confirmedAt: string | null;
  readonly updatedAt: string;
  readonly places: PlacesOut | null;
  /** Null for what the hub's own people made. */
  readonly source: string | null;
  readonly key: string | null;
  /** What its source said of it last. */
  readonly said: RecordDocument | null;
}

/** What records refer to. */
export interface World {
  /** Record → the id under which it goes out. */
  readonly ids: ReadonlyMap<string, string>;
  /** Key of an area → its name. */
  readonly areas: ReadonlyMap<string, string>;
  /** Terms of the sources, by source and id. */
  readonly terms: ReadonlyMap<string, OutTerm>;
  /** Places of the sources, by source and key, whose address is protected or once was. */
  readonly guarded: ReadonlySet<string>;
}

/**
 * The rows of some records. Of a place whose address is protected, or once was, nothing goes out that its source said,
 * before, then or since: only the hub's own fields. @param said what their sources said, by source and root */
export function rowsOfBatch(
  { ids, areas, terms, guarded }: World,
  table: Root,
  batch: readonly GoingOut[],
  said: ReadonlyMap<string, readonly OutRow[]>,
): OutRow[] {
  const { kind, writers } = KINDS[table];
  return batch.flatMap(one => {
    const writing: Writing = {
      id: one.id,
      record: one.record,
      document: one.document,
      about: aboutOf(table, one, ids),
      places: one.places,
      idOf: record => ids.get(record) ?? record,
      publishedIdOf: partner => ids.get(partner) ?? null,
      areaName: key => areas.get(key) ?? key,
    };
    const from = `${one.source}/`;
    const isGuarded = (key: string) => guarded.has(from + key);
    const rows = one.source && one.key && !isGuarded(one.key) ? said.get(from + one.key) : undefined;
    const root = rows?.find(row => row.table === table && one.key === `${table}:${row.id}`);
    if (!rows || !root || !one.said || one.document.addressProtected === true)
      return rowsOfRecord(table, writers, writing, null);
    const changed = new Set(Object.keys(changesBetween(kind, completed(kind, one.said), one.document)));
    if (one.places && !saysTheSame(rows, one.places)) changed.add(PLACES);
    // Also where its source says so, an umbrella that is not published is not told.
    if (table === 'organizations' && typeof one.document.parent === 'string' && !ids.has(one.document.parent))
      changed.add('parent');
    const others = withoutGuarded(
      rows.filter(row => row !== root),
      isGuarded,
    );
    const term: TermOf = id => terms.get(`${one.source}/${id}`);
    return rowsOfRecord(table, writers, writing, { root, rows: others, changed, term });
  });
}

/** Whose it is and how old, in the columns that its table has for that. */
function aboutOf(table: Root, one: GoingOut, ids: World['ids']): Writing['about'] {
  if (table === 'organizations') return { always: {}, changed: {} };
  const always = { organization_id: ids.get(one.partner) ?? one.partner };
  if (table === 'locations') return { always, changed: {} };
  const confirmed = one.confirmedAt === null ? null : berlinDay(new Date(one.confirmedAt));
  return { always, changed: { assured_date: confirmed, last_modified: new Date(one.updatedAt).toISOString() } };
}
