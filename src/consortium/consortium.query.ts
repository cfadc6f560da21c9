import { knownNetwork } from '../network/network.query.js';
import { ofSeenPartner } from '../partner/partner.access.js';
import { standingFor } from '../partner/partner.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { byName } from '../shared/named-list.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { type Sql, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { Consortium } from './consortium.entity.js';
import {
  type ConsortiaArgs,
  ConsortiumConnection,
  type ConsortiumFilter,
  ConsortiumMemberConnection,
  type MembershipsArgs,
} from './consortium.inputs.js';
import { ConsortiumMember } from './consortium-member.entity.js';

const CONSORTIA = byName(Consortium, 'consortium', 'id');

/** Memberships, the oldest first. */
export const CONSORTIUM_MEMBERS: OrderedList<ConsortiumMember> = {
  entity: ConsortiumMember,
  table: 'consortium_member',
  order: 't.member_from, t.id',
  after: ([from, id]) => sql`(t.member_from, t.id) > (${from}::date, ${id}::uuid)`,
};

/** Null where there is none. */
export const findConsortium = async ({ em }: Context, id: string): Promise<Consortium | null> =>
  isId(id) ? em.findOne(Consortium, { id }) : null;

/** By name. BAD_USER_INPUT for a network that is not there. */
export async function consortiumPage(ctx: Context, args: ConsortiaArgs): Promise<ConsortiumConnection> {
  const { em, secrets } = ctx;
  const page = pageOf(args, secrets, ConsortiumConnection.list);
  const conditions = await wished(ctx, args.filter ?? {});
  return ConsortiumConnection.of(secrets, {
    rows: await listPage(em, CONSORTIA, conditions, page),
    page,
    position: ({ name, id }) => [name, id],
    count: () => countOf(em, CONSORTIA, conditions),
  });
}

/** The memberships of a consortium, or of a partner; those of one page of parents by one statement. */
export async function membershipsOf(
  ctx: Context,
  parent: 'consortium_id' | 'partner_id',
  id: string,
  args: MembershipsArgs,
): Promise<ConsortiumMemberConnection> {
  const page = pageOf(args, ctx.secrets, ConsortiumMemberConnection.list);
  const { on, all } = args;
  if (all && on != null) throw badInput('on', 'One day, or all times.');
  const day = all ? null : (on ?? berlinDay(ctx.now));
  const conditions = day === null ? [] : [onDay(day)];
  const lists = ctx.loaders.consortiumMembersOf(parent, { day }, page, async () => ({ conditions }));
  return ConsortiumMemberConnection.of(ctx.secrets, {
    rows: await lists.rows.load(id),
    page,
    position: one => [one.memberFrom, one.id],
    count: () => lists.count.load(id),
  });
}

/** SQL: `t` is a membership that holds on that day. */
const onDay = (day: string): Sql =>
  sql`t.member_from <= ${day}::date and (t.member_until is null or t.member_until >= ${day}::date)`;

async function wished({ em, viewer }: Context, { network, partner, on }: ConsortiumFilter): Promise<Sql[]> {
  const day = on ?? null;
  return [
    ...(network == null ? [] : [sql`t.network_id = ${(await knownNetwork(em, network, 'filter.network')).id}`]),
    ...(day === null
      ? []
      : [sql`t.founded_on <= ${day}::date and (t.dissolved_on is null or t.dissolved_on >= ${day}::date)`]),
    ...(partner == null ? [] : [isId(partner) ? hasMember(viewer, partner, day) : sql`false`]),
  ];
}

/** SQL: does a partner that the viewer may see belong to it? @param day null: at any time */
const hasMember = (viewer: Viewer, partner: string, day: string | null): Sql => sql`exists (
  select from consortium_member m where ${ofSeenPartner(viewer, sql`m.partner_id`)} and m.consortium_id = t.id and m.partner_id = ${standingFor(partner)}
    and (${day}::date is null or m.member_from <= ${day}::date and coalesce(m.member_until, 'infinity') >= ${day}::date))`;
