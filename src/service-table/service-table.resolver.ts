import { Arg, Authorized, Ctx, Extensions, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Service } from '../service/service.entity.js';
import { servicesById } from '../service/service.query.js';
import type { Context } from '../shared/context.js';
import { UserError } from '../shared/errors.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import './service-table.enums.js';
import type { RowResult } from './service-rows.actions.js';
import { importServices, updateServices } from './service-table.actions.js';
import { ServiceEditInput } from './service-table.inputs.js';
import { serviceTable } from './service-table.query.js';
import { CsvDelimiter, RowOutcome } from './service-table.rules.js';

/** All services of a partner, with the names of all areas: some of these may be asked for at once, not many. */
const WHOLE_TABLE = 5_000;

@ObjectType({ description: 'What became of one of many edits.' })
export class ServiceRowResult {
  @Field(() => Int, { description: 'Its place in the list, from 0; of a table its row as a spreadsheet counts.' })
  row!: number;

  @Field(() => RowOutcome, { description: 'What became of it.' })
  outcome!: RowOutcome;

  @Field(() => Service, { nullable: true, description: 'As it stands now; null where there is none, or not for you.' })
  service?: Service | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserError[];
}

@ObjectType({
  description: 'Answer to many edits of services: a result for each. Those refused keep no other from being stored.',
})
export class ServiceRowsPayload extends MutationPayload {
  @Field(() => [ServiceRowResult], {
    nullable: true,
    description: 'In their order; null when all was refused as a whole.',
  })
  rows?: ServiceRowResult[] | null;
}

@Resolver()
export class ServiceTableResolver {
  @Query(() => String, {
    nullable: true,
    complexity: WHOLE_TABLE,
    description:
      'The services of a partner that are not closed as a table (CSV, UTF-8 with a byte-order mark), by name: id, version and fields with German headings, names instead of codes, values of a list apart by `|`. Safe to open in a spreadsheet. Costs, criteria, contacts, documents and opening hours are not in it. Null for what there is not, or not for you.',
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
      'Edits up to 100 services, each as by `serviceUpdate`: what can be stored is, and each has a result of its own.',
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

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Extensions({ maxLength: { csv: 90_000 } })
  @Mutation(() => ServiceRowsPayload, {
    description:
      'Takes a table as `servicesCsv` gives it, up to 200 rows; semicolons, commas or tabs, with or without a byte-order mark. Rows with an id are edits (of that version, where it is told), rows without are new services; services and columns that are not in it stay as they are, an empty cell empties. Each row has a result of its own.',
  })
  servicesImportCsv(
    @Arg('partner', () => ID, { description: 'Whose.' }) partner: string,
    @Arg('csv', () => String, { description: 'The table, up to 90,000 characters.' }) csv: string,
    @Arg('dryRun', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Tells what would become of each row, and leaves all as it is.',
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
  return results.map(({ row, outcome, id, userErrors }) => ({
    row,
    outcome,
    service: id === null ? null : (services.get(id) ?? null),
    userErrors,
  }));
}
