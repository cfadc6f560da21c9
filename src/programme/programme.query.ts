import { knownInstruments } from '../instrument/instrument.query.js';
import { knownNetwork } from '../network/network.query.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { columnsOf, entitiesOf, type Sql, sql } from '../shared/sql.js';
import { programmeVisibleTo } from './programme.access.js';
import { Programme } from './programme.entity.js';
import {
  ProgrammeConnection,
  type ProgrammeFilter,
  ProgrammeRoundConnection,
  ProgrammeRoundMonthConnection,
  type ProgrammesArgs,
} from './programme.inputs.js';
import { ProgrammeRound, ProgrammeRoundMonth } from './programme-round.entity.js';

const PROGRAMMES: OrderedList<Programme> = {
  entity: Programme,
  table: 'programme',
  order: 't.title, t.id',
  after: ([title, id]) => sql`(t.title, t.id) > (${title}, ${id}::uuid)`,
};

export const PROGRAMME_ROUNDS: OrderedList<ProgrammeRound> = {
  entity: ProgrammeRound,
  table: 'programme_round',
  order: 't.number, t.id',
  after: ([number, id]) => sql`(t.number, t.id) > (${number}::int, ${id}::uuid)`,
};

export const PROGRAMME_ROUND_MONTHS: OrderedList<ProgrammeRoundMonth> = {
  entity: ProgrammeRoundMonth,
  table: 'programme_round_month',
  order: 't.month, t.id',
  after: ([month, id]) => sql`(t.month, t.id) > (${month}::date, ${id}::uuid)`,
};

/** By its id or its slug; null where there is none, or none that the viewer may see. */
export async function findProgramme(ctx: Context, key: string): Promise<Programme | null> {
  return one(ctx, isId(key) ? sql`t.id = ${key}` : sql`t.slug = ${key}`);
}

/** Null where there is none, or none of a programme that the viewer may see. */
export async function findProgrammeRound({ em, viewer }: Context, id: string): Promise<ProgrammeRound | null> {
  if (!isId(id)) return null;
  const [round] = await entitiesOf(
    em,
    ProgrammeRound,
    sql`select ${columnsOf(em, ProgrammeRound, 'r')} from programme_round r join programme t on t.id = r.programme_id
        where r.id = ${id} and ${programmeVisibleTo(viewer)}`,
  );
  return round ?? null;
}

async function one({ em, viewer }: Context, condition: Sql): Promise<Programme | null> {
  const [programme] = await entitiesOf(
    em,
    Programme,
    sql`select ${columnsOf(em, Programme, 't')} from programme t where ${condition} and ${programmeVisibleTo(viewer)}`,
  );
  return programme ?? null;
}

/** By title. BAD_USER_INPUT for networks and instruments that there are not. */
export async function programmePage(ctx: Context, args: ProgrammesArgs): Promise<ProgrammeConnection> {
  const { em, viewer, secrets } = ctx;
  const page = pageOf(args, secrets, ProgrammeConnection.list);
  const conditions = [programmeVisibleTo(viewer), ...(await wished(ctx, args.filter ?? {}))];
  return ProgrammeConnection.of(secrets, {
    rows: await listPage(em, PROGRAMMES, conditions, page),
    page,
    position: ({ title, id }) => [title, id],
    count: () => countOf(em, PROGRAMMES, conditions),
  });
}

async function wished(ctx: Context, { network, instrument, on }: ProgrammeFilter): Promise<Sql[]> {
  if (instrument != null) await knownInstruments(ctx, [instrument], 'filter.instrument');
  const id = network == null ? null : (await knownNetwork(ctx.em, network, 'filter.network')).id;
  return [
    ...(id === null
      ? []
      : [
          sql`(t.network_id = ${id} or exists (
            select from programme_network n where n.programme_id = t.id and n.network_id = ${id}
              and (${on ?? null}::date is null or coalesce(n.part_until, 'infinity') >= ${on ?? null}::date)))`,
        ]),
    ...(instrument == null
      ? []
      : [
          sql`exists (select from programme_instrument i where i.programme_id = t.id and i.instrument_code = ${instrument})`,
        ]),
    ...(on == null ? [] : [sql`t.starts_on <= ${on}::date and coalesce(t.ends_on, 'infinity') >= ${on}::date`]),
  ];
}

/** The rounds of a programme that was shown, in their order; of a page of programmes by one statement. */
export async function roundsOf(ctx: Context, id: string, args: PageArgs): Promise<ProgrammeRoundConnection> {
  const page = pageOf(args, ctx.secrets, ProgrammeRoundConnection.list);
  const lists = ctx.loaders.roundsOf('programme_id', {}, page);
  return ProgrammeRoundConnection.of(ctx.secrets, {
    rows: await lists.rows.load(id),
    page,
    position: round => [round.number, round.id],
    count: () => lists.count.load(id),
  });
}

/** The months of a round that was shown, the oldest first; of a page of rounds by one statement. */
export async function monthsOf(ctx: Context, id: string, args: PageArgs): Promise<ProgrammeRoundMonthConnection> {
  const page = pageOf(args, ctx.secrets, ProgrammeRoundMonthConnection.list);
  const lists = ctx.loaders.roundMonthsOf('round_id', {}, page);
  return ProgrammeRoundMonthConnection.of(ctx.secrets, {
    rows: await lists.rows.load(id),
    page,
    position: month => [month.month, month.id],
    count: () => lists.count.load(id),
  });
}
