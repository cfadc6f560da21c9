import { knownBy } from '../knowledge/team-knowledge.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';
import { isThereOn } from '../team/team.query.js';
import type { NeedKnowledge, NeedStaffContact } from './need-overview.types.js';

/** Contacts of a network that are told. */
const MOST_CONTACTS = 20;

export interface KnowledgeOfNetwork extends NeedKnowledge {
  network: string;
}

export interface StaffContactOfNetwork extends NeedStaffContact {
  network: string;
}

/** What the staff of each network know of the topics that are about the need, topics in their usual order. */
export async function knowledgeForNeed(
  ctx: Context,
  need: string,
  networks: readonly string[],
): Promise<KnowledgeOfNetwork[]> {
  const today = berlinDay(ctx.now);
  const topics = await topicsAbout(ctx, need);
  const there = sql`t.network_id = any(${networks}::uuid[]) and ${isThereOn(today)}`;
  return rowsOf(
    ctx.em,
    sql`select t.network_id as network, known.topic as "topicCode", sum(known.staff)::int as staff,
          sum(known.declared)::int as declared, sum(known.trained)::int as trained, sum(known.used)::int as used
        from (${knownBy(there, topics, today)}) known join team t on t.id = known.team
        group by 1, 2 order by array_position(${topics}::text[], known.topic)`,
  );
}

/** Functions of teams that are there for one of these topics, by team, the first twenty of each network. */
export async function staffContactsForNeed(
  ctx: Context,
  need: string,
  networks: readonly string[],
): Promise<StaffContactOfNetwork[]> {
  const topics = await topicsAbout(ctx, need);
  return rowsOf(
    ctx.em,
    sql`select n.id as network, found.* from unnest(${networks}::uuid[]) as n (id) cross join lateral (
          select t.name as team, c.responsibility as function, c.phone, c.email
          from team t join team_contact c on c.team_id = t.id
          where t.network_id = n.id and ${isThereOn(berlinDay(ctx.now))} and c.topics && ${topics}::text[]
          order by t.name, t.id, c.position limit ${verbatim(String(MOST_CONTACTS))}) found`,
  );
}

const topicsAbout = async ({ loaders }: Context, need: string): Promise<string[]> =>
  [...(await loaders.trainingTopics()).values()].filter(({ needs }) => needs.includes(need)).map(({ code }) => code);
