import type { EntityManager } from '@mikro-orm/postgresql';
import { type FindingCode, finding } from '../file/finding.rules.js';
import type { FindingReport } from '../file/report.js';
import { faultsOfLocation } from '../location/location-faults.rules.js';
import { LOCATION_RECORD } from '../location/location-record.rules.js';
import { faultsOfPartner } from '../partner/partner-faults.rules.js';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import type { Fault } from '../record/fault.rules.js';
import type { JsonValue, RecordKind } from '../record/record.rules.js';
import { faultsOfService } from '../service/service-faults.rules.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import { serviceReferenceFaults } from '../service/service-references.query.js';
import { change } from '../shared/change.js';
import type { Progress } from '../shared/progress.js';
import { sql } from '../shared/sql.js';
import { undone } from '../shared/undone.js';
import { recordsBehind } from '../source/source.query.js';
import { type Aggregate, aggregatesOf, type Remarks, rowsIn, type Staged, textIn } from './hsds-aggregate.rules.js';
import { fitted } from './hsds-fit.rules.js';
import { type ImportCounts, inBatches, noCounts, type RootCounts } from './hsds-import.rules.js';
import { locationDocument } from './hsds-location.rules.js';
import type { Lookups } from './hsds-lookup.rules.js';
import { readLookups } from './hsds-lookups.query.js';
import { keyOf, type Root, type SourceRowValues } from './hsds-owner.rules.js';
import { partnerDocument } from './hsds-partner.rules.js';
import { notePlaces, organizationsAt, placesWithoutRecord } from './hsds-places.query.js';
import { type Statement, type Target, type Written, writeStatements } from './hsds-records.actions.js';
import { serviceDocument } from './hsds-service.rules.js';
import { tellBeside } from './hsds-service-beside.actions.js';
import {
  changedRoots,
  noLongerListed,
  noteChangedRoots,
  rememberRows,
  stagedRowsOf,
  stageRows,
} from './hsds-staging.actions.js';
import { hearUmbrellas } from './hsds-umbrellas.actions.js';

/** So many organisations, locations or services are one transaction. */
const BATCH = 500;

const KINDS_OF_ROOTS: readonly (readonly [Root, RecordKind])[] = [
  ['organizations', PARTNER_RECORD],
  ['locations', LOCATION_RECORD],
  ['services', SERVICE_RECORD],
];

/** Without these there is no record. */
const NEEDED = ['name', 'kinds', 'city', 'municipality'];

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

export interface ImportWish extends Target {
  /** Gets what is found wrong. */
  readonly report: FindingReport;
  readonly progress: Progress;
  /** Stops between two transactions; what was done stays. */
  readonly signal?: AbortSignal;
  /** Makes the source, where it is heard for the first time. */
  readonly open?: (tx: EntityManager) => Promise<void>;
  /** Does everything, and takes all of it back. */
  readonly dryRun?: boolean;
  /** Told after each batch what became of the records so far; of the rows none yet. */
  readonly onCounts?: (counts: ImportCounts) => void;
  /** Stores the same with each batch: what is counted is there exactly where the batch is. */
  readonly keepCounts?: (tx: EntityManager, counts: ImportCounts) => Promise<void>;
}

/**
 * Imports a source in the form of the Human Services Data Specification. Each run takes only what is new, otherwise or
 * gone since the last one; one that was stopped is gone on with by running it again.
 *
 * @param em of a pool with a single connection, to which the staged rows belong
 * @throws the signal's reason
 */
export async function importHsds(
  em: EntityManager,
  rows: AsyncIterable<SourceRowValues>,
  wish: ImportWish,
): Promise<ImportCounts> {
  const staged = await stageRows(em, rows);
  await notePlaces(em);
  await noteChangedRoots(em, wish.source);
  const lookups = await readLookups(em, wish.network);
  const work = (tx: EntityManager) => new Import(tx, wish, lookups).run();
  const counts = wish.dryRun ? await undone(em, work) : await work(em);
  const all = { ...counts, ...staged };
  wish.onCounts?.(all);
  return all;
}

/** One run, after the rows were staged. */
class Import {
  private readonly counts = noCounts();

  constructor(
    private readonly em: EntityManager,
    private readonly wish: ImportWish,
    private readonly lookups: Lookups,
  ) {}

  async run(): Promise<ImportCounts> {
    await this.wish.open?.(this.em);
    await this.each('organizations', (tx, batch) => this.organizations(tx, batch));
    await this.umbrellas();
    await this.each('locations', (tx, batch) => this.locations(tx, batch));
    await this.each('services', (tx, batch) => this.services(tx, batch));
    await this.noLongerListed();
    await rememberRows(this.em, this.wish.source, null);
    await change(this.em, sql`update source set imported_at = ${this.wish.by.at} where id = ${this.wish.source}`);
    return this.counts;
  }

  private async each(
    table: Root,
    write: (tx: EntityManager, batch: ReadonlyMap<string, Aggregate>) => Promise<void>,
  ): Promise<void> {
    const { source, progress, signal } = this.wish;
    const changed = await changedRoots(this.em, table);
    const roots =
      table === 'locations' ? [...new Set([...changed, ...(await placesWithoutRecord(this.em, source))])] : changed;
    this.counts[table].changed = roots.length;
    progress.begin(table, roots.length);
    for (const batch of inBatches(roots, BATCH)) {
      signal?.throwIfAborted();
      await this.em.transactional(async tx => {
        await write(tx, aggregatesOf(await stagedRowsOf(tx, batch)));
        await rememberRows(tx, source, batch);
        await this.wish.keepCounts?.(tx, this.counts);
      });
      progress.advance(batch.length);
      this.wish.onCounts?.(this.counts);
    }
    progress.end();
  }

  private async organizations(tx: EntityManager, batch: ReadonlyMap<string, Aggregate>): Promise<void> {
    const known = await recordsBehind(tx, this.wish.source, PARTNER_RECORD, [...batch.keys()]);
    const statements = [...batch].flatMap(([key, aggregate]) => {
      const record = known.get(key)?.[0] ?? null;
      // Of a duplicate only the services and locations are heard: the survivor is told by its own row.
      if (record?.survivor) return [];
      const document = partnerDocument(aggregate, this.lookups, this.remark);
      return document ? [{ key, partner: null, known: record, document }] : this.refuse('organizations');
    });
    const faults = statements.map(({ document }) => faultsOfPartner(document));
    await this.write(tx, 'organizations', PARTNER_RECORD, batch, statements, faults);
  }

  private async umbrellas(): Promise<void> {
    for (const key of await this.em.transactional(tx => hearUmbrellas(tx, this.wish))) {
      const [root] = await stagedRowsOf(this.em, [key]);
      this.remark(root!, 'parent_organization_id', 'OUT_OF_RANGE', textIn(root!, 'parent_organization_id') ?? '');
    }
  }

  private async locations(tx: EntityManager, batch: ReadonlyMap<string, Aggregate>): Promise<void> {
    const at = await organizationsAt(tx, [...batch.keys()]);
    const partners = await this.behind(tx, [...at.values()].flat());
    const known = await recordsBehind(tx, this.wish.source, LOCATION_RECORD, [...batch.keys()]);
    const statements = [...batch].flatMap(([key, aggregate]): Statement[] => {
      // Two organisations that were duplicates of each other are one now.
      const owners = [...new Set((at.get(key) ?? []).flatMap(organization => partners.get(organization) ?? []))];
      if (owners.length === 0) this.remark(aggregate.root, 'organization_id', 'NOT_IMPORTED', '');
      const document = owners.length > 0 ? locationDocument(aggregate, this.lookups, this.remark) : null;
      if (!document) return this.refuse('locations');
      return owners.flatMap(partner => {
        const record = known.get(key)?.find(one => one.partner === partner) ?? null;
        // As of a duplicate: the one that remains is told by its own row.
        return record?.survivor ? [] : [{ key, partner, known: record, document }];
      });
    });
    const faults = statements.map(({ document }) => faultsOfLocation(document));
    await this.write(tx, 'locations', LOCATION_RECORD, batch, statements, faults);
  }

  private async services(tx: EntityManager, batch: ReadonlyMap<string, Aggregate>): Promise<void> {
    const organization = (one: Aggregate) => keyOf('organizations', textIn(one.root, 'organization_id') ?? '');
    const places = (one: Aggregate) =>
      rowsIn(one, 'service_at_location').map(at => keyOf('locations', textIn(at, 'location_id') ?? ''));
    const aggregates = [...batch.values()];
    const partners = await this.behind(tx, aggregates.map(organization));
    const locations = await recordsBehind(tx, this.wish.source, LOCATION_RECORD, aggregates.flatMap(places));
    const known = await recordsBehind(tx, this.wish.source, SERVICE_RECORD, [...batch.keys()]);
    const statements = [...batch].flatMap(([key, aggregate]) => {
      const partner = partners.get(organization(aggregate));
      if (!partner) return this.refuse('services');
      const at = places(aggregate).flatMap(place => locations.get(place)?.find(one => one.partner === partner) ?? []);
      const document = serviceDocument(
        aggregate,
        [...new Set(at.map(({ record, survivor }) => survivor ?? record))],
        this.lookups,
        this.remark,
      );
      return document ? [{ key, partner, known: known.get(key)?.[0] ?? null, document }] : this.refuse('services');
    });
    const unknown = await serviceReferenceFaults(
      tx,
      statements.map(({ partner, document }) => ({ partner, document })),
    );
    const faults = statements.map(({ document }, i) => [...faultsOfService(document), ...unknown[i]!]);
    const written = await this.write(tx, 'services', SERVICE_RECORD, batch, statements, faults);
    await tellBeside(tx, batch, written, this.wish.by.at, this.remark);
  }

  /** A source may be handed over in part: what it leaves out is told, never closed. */
  private async noLongerListed(): Promise<void> {
    for (const [table, kind] of KINDS_OF_ROOTS)
      for (const { id, name } of await noLongerListed(this.em, this.wish.source, table, kind)) {
        const place = { file: table, row: null, column: null };
        this.wish.report.add(finding(place, 'NO_LONGER_LISTED', `${id} ${name}`));
      }
  }

  /** Writes what is fit to be stored; what is left out of it is remarked. */
  private async write(
    tx: EntityManager,
    table: Root,
    kind: RecordKind,
    batch: ReadonlyMap<string, Aggregate>,
    statements: readonly Statement[],
    faults: readonly (readonly Fault[])[],
  ): Promise<Written[]> {
    const fit = statements.flatMap((statement, i) => {
      if (faults[i]!.length === 0) return [statement];
      const { root } = batch.get(statement.key)!;
      const { document, leftOut } = fitted(kind, statement.document, faults[i]!, NEEDED);
      for (const { field, value } of leftOut) this.remark(root, field, 'BAD_FORMAT', textOf(value));
      return document ? [{ ...statement, document }] : this.refuse(table);
    });
    const written = await writeStatements(tx, kind, this.wish, fit);
    this.count(table, batch, written);
    return written;
  }

  /** Ids of the partners behind organisations, by key; of a duplicate the one that it was merged into. */
  private async behind(tx: EntityManager, organizations: readonly string[]): Promise<Map<string, string>> {
    const found = await recordsBehind(tx, this.wish.source, PARTNER_RECORD, [...new Set(organizations)]);
    return new Map([...found].map(([key, [one]]) => [key, one!.survivor ?? one!.record]));
  }

  private readonly remark: Remarks = (of: Staged, column: string | null, code: FindingCode, value: string): void =>
    this.wish.report.add(finding({ file: of.file, row: of.line, column }, code, value));

  private refuse(table: Root): [] {
    this.counts[table].refused++;
    return [];
  }

  private count(table: Root, batch: ReadonlyMap<string, Aggregate>, written: readonly Written[]): void {
    const counts: RootCounts = this.counts[table];
    for (const { key, created, taken, contested } of written) {
      if (created) counts.created++;
      else if (taken) counts.updated++;
      if (Object.keys(contested).length === 0) continue;
      counts.contested++;
      for (const [field, { after }] of Object.entries(contested))
        this.remark(batch.get(key)!.root, field, 'PROPOSED', textOf(after));
    }
  }
}
