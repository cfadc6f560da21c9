import { Arg, Authorized, Ctx, Extensions, ID, Mutation, Query, Resolver } from 'type-graphql';
import { FieldDiff } from '../proposal/proposal.types.js';
import type { RecordChanges } from '../record/record.rules.js';
import { servicesById } from '../service/service.query.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import './service-table.enums.js';
import { ROW_FIELDS } from './row-diff.rules.js';
import type { RowResult } from './row-results.actions.js';
import { reportCapacities } from './service-places.actions.js';
import { importServices, updateServices } from './service-table.actions.js';
import { ServiceCapacityReportInput, ServiceEditInput } from './service-table.inputs.js';
import { serviceTable } from './service-table.query.js';
import { CsvDelimiter } from './service-table.rules.js';
import { type ServiceRowResult, ServiceRowsPayload } from './service-table.types.js';

/** All services of a partner, with the names of all areas: some of these may be asked for at once, not many. */
const WHOLE_TABLE = 5_000;

@Resolver()
export class ServiceTableResolver {
  @Query(() => String, {
    nullable: true,
    complexity: WHOLE_TABLE,
    description:
      'The services of a partner that are not closed as a table (CSV, UTF-8 with a byte-order mark), by name: id, version and fields with German headings, names instead of codes, values of a list apart by `|`. Safe to open in a spreadsheet. For those who edit the partner or coordinate its network with the places as they were last reported, and the day of that, where they may see them exactly. Costs, criteria, contacts, documents and opening hours are not in it. Null for what there is not, or not for you.',
  })
  servicesCsv(
    @Arg('partner', () => ID, { description: 'Whose.' }) partner: string,
    @Arg('delimiter', () => CsvDelimiter, {
      nullable: true,
      defaultValue: CsvDelimiter.SEMICOLON,
      description: 'What stands between cells.',
    })
    delimiter: CsvDelimiter | null,
    @Ctx() ctx: Context,
  ): Promise<string | null> {
    return serviceTable(ctx, partner, delimiter ?? CsvDelimiter.SEMICOLON);
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => ServiceRowsPayload, {
    description:
      'Edits up to 100 services, each as by `serviceUpdate`: what can be stored is, and each has a result of its own. For whoever may edit them.',
  })
  servicesUpdate(
    @Arg('edits', () => [ServiceEditInput], { description: 'Each service once.' }) edits: ServiceEditInput[],
    @Ctx() ctx: Context,
  ): Promise<ServiceRowsPayload> {
    return payload(
      'rows',
      updateServices(ctx, edits).then(results => shown(ctx, results)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR)
  @Mutation(() => ServiceRowsPayload, {
    description:
      "Reports the places of up to 100 services, dated now, each as by `serviceCapacityReport`: what can be stored is, and each has a result of its own, CHANGED also where the numbers stay. For the partner's editors.",
  })
  servicesCapacityReport(
    @Arg('reports', () => [ServiceCapacityReportInput], { description: 'Each service once.' })
    reports: ServiceCapacityReportInput[],
    @Ctx() ctx: Context,
  ): Promise<ServiceRowsPayload> {
    return payload(
      'rows',
      reportCapacities(ctx, reports).then(results => shown(ctx, results)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Extensions({ maxLength: { csv: 90_000 } })
  @Mutation(() => ServiceRowsPayload, {
    description:
      "Takes a table as `servicesCsv` gives it, up to 200 rows; semicolons, commas or tabs, with or without a byte-order mark. Rows with an id are edits (of that version, where it is told), rows without are new services; services and columns that are not in it stay as they are, an empty cell empties. Places that say something else than was reported are a report, dated now, which editors of the partner may make; VERSION_CONFLICT where there was one on a later day than the table tells. Each row has a result of its own. For the partner's editors; where it has none at all, for the coordinators of its network.",
  })
  servicesImportCsv(
    @Arg('partner', () => ID, { description: 'Whose.' }) partner: string,
    @Arg('csv', () => String, { description: 'The table, up to 90,000 characters.' }) csv: string,
    @Arg('dryRun', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Tells what would become of each row, and its `changes`, and leaves all as it is.',
    })
    dryRun: boolean | null,
    @Ctx() ctx: Context,
  ): Promise<ServiceRowsPayload> {
    return payload(
      'rows',
      importServices(ctx, partner, csv, dryRun ?? false).then(results => shown(ctx, results)),
    );
  }
}

/** With the services as they stand now, read at once. */
async function shown(ctx: Context, results: readonly RowResult[]): Promise<ServiceRowResult[]> {
  const services = await servicesById(
    ctx,
    results.flatMap(({ id }) => id ?? []),
  );
  return results.map(({ id, changes, ...result }) => ({
    ...result,
    service: id === null ? null : (services.get(id) ?? null),
    name: result.name ?? services.get(id ?? '')?.name ?? null,
    changes: diffsOfRow(changes),
  }));
}

const diffsOfRow = (changes: RecordChanges): FieldDiff[] =>
  Object.entries(ROW_FIELDS).flatMap(([field, spec]) => {
    const change = changes[field];
    return change ? [Object.assign(new FieldDiff(), { field, spec, ...change, current: null })] : [];
  });
