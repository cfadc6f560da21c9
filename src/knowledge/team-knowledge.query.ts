import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { staffOn } from '../team/team-staff.query.js';
import { trainedIn } from '../training/trained.query.js';
import { USED_MONTHS } from './knowledge.rules.js';

/** What one team knows of one topic on a day. */
export interface KnownRow {
  readonly team: string;
  readonly topic: string;
  readonly staff: number;
  readonly declared: number | null;
  readonly trained: number;
  readonly used: number | null;
  readonly reportedOn: string | null;
}

/**
 * SQL: a row of each team `t` and topic, with columns as in `KnownRow`. Reports by that day, never more than worked there;
 * what was used is told by reports of the six months before only. (Of several values, `least` passes over null.) @param teams condition on `t`
 */
export const knownBy = (teams: Sql, topics: readonly string[], day: string): Sql => {
  const on = sql`${day}::date`;
  return sql`select t.id as team, topic.code as topic, there.staff, case when said.declared is not null then least(there.staff, said.declared) end as declared,
      ${trainedIn(sql`t`, sql`topic`, on)} as trained,
      case when said.reported_on > ${on} - make_interval(months => ${verbatim(String(USED_MONTHS))}) then least(there.staff, said.used) end as used,
      said.reported_on::text as "reportedOn"
    from team t join training_topic topic on topic.code = any(${topics}::text[])
    cross join lateral (select ${staffOn(sql`t`, on)} as staff) there
    left join lateral (select r.* from knowledge_report r
      where r.team_id = t.id and r.topic_code = topic.code and r.reported_on <= ${on}
      order by r.reported_on desc limit 1) said on true
    where ${teams}`;
};

/** By team. One statement. */
export async function knowledgeOfTeams(
  em: EntityManager,
  teams: readonly string[],
  topics: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, KnownRow[]>> {
  const rows = await rowsOf<KnownRow>(em, knownBy(sql`t.id = any(${teams}::uuid[])`, topics, day));
  return Map.groupBy(rows, row => row.team);
}

/** What all teams of a network know of a topic. */
export interface TopicSum {
  readonly topic: string;
  readonly teams: number;
  readonly reported: number;
  readonly staff: number;
  readonly declared: number | null;
  readonly trained: number;
  readonly used: number | null;
}

/** By topic, of the teams that there are on that day. One statement. */
export async function knowledgeByTopic(
  em: EntityManager,
  networkId: string,
  topics: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, TopicSum>> {
  const there = sql`t.network_id = ${networkId} and (t.dissolved_on is null or t.dissolved_on > ${day}::date)`;
  const rows = await rowsOf<TopicSum>(
    em,
    sql`select known.topic, count(*)::int as teams, count(known."reportedOn")::int as reported, sum(known.staff)::int as staff,
          sum(known.declared)::int as declared, sum(known.trained)::int as trained, sum(known.used)::int as used
        from (${knownBy(there, topics, day)}) known group by known.topic`,
  );
  return new Map(rows.map(row => [row.topic, row]));
}
