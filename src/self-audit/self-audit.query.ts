import { inOfficeNetwork } from '../network/network.access.js';
import { officeNetwork } from '../network/own-network.query.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { allOf, columnsOf, entitiesOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import { SelfAudit, SelfAuditQuestionnaire } from './self-audit.entity.js';
import { SelfAuditConnection, SelfAuditQuestionnaireConnection, type SelfAuditsArgs } from './self-audit.inputs.js';
import type { SelfAuditTrend, SelfAuditYear } from './self-audit.types.js';

/** By code, the newest edition first. */
const QUESTIONNAIRES: OrderedList<SelfAuditQuestionnaire> = {
  entity: SelfAuditQuestionnaire,
  table: 'self_audit_questionnaire',
  order: 't.code, t.edition desc',
  after: ([code, edition]) => sql`(t.code, - t.edition) > (${code}, - ${edition}::int)`,
};

/** Newest first. */
const AUDITS: OrderedList<SelfAudit> = {
  entity: SelfAudit,
  table: 'self_audit',
  order: 't.filled_on desc, t.id desc',
  after: ([day, id]) => sql`(t.filled_on, t.id) < (${day}::date, ${id}::uuid)`,
};

/** All editions of all questionnaires. */
export async function questionnairePage(
  { em, secrets }: Context,
  args: PageArgs,
): Promise<SelfAuditQuestionnaireConnection> {
  const page = pageOf(args, secrets, SelfAuditQuestionnaireConnection.list);
  return SelfAuditQuestionnaireConnection.of(secrets, {
    rows: await listPage(em, QUESTIONNAIRES, [], page),
    page,
    position: ({ code, edition }) => [code, edition],
    count: () => countOf(em, QUESTIONNAIRES, []),
  });
}

/** What teams of a network filled in, newest first; for its office. BAD_USER_INPUT for another network. */
export async function selfAuditPage(ctx: Context, args: SelfAuditsArgs): Promise<SelfAuditConnection> {
  const { em, secrets } = ctx;
  const page = pageOf(args, secrets, SelfAuditConnection.list);
  const network = await officeNetwork(ctx, args.network, 'network');
  const conditions = [ofNetwork(network.id), ...wished(args)];
  return SelfAuditConnection.of(secrets, {
    rows: await listPage(em, AUDITS, conditions, page),
    page,
    position: ({ filledOn, id }) => [filledOn, id],
    count: () => countOf(em, AUDITS, conditions),
  });
}

/** Null where there is none in a network in whose office the viewer is. */
export async function findSelfAudit({ em, viewer }: Context, id: string): Promise<SelfAudit | null> {
  if (!isId(id)) return null;
  const own = sql`exists (select from team own where own.id = t.team_id and ${inOfficeNetwork(viewer, sql`own.network_id`)})`;
  const [found] = await entitiesOf(
    em,
    SelfAudit,
    sql`select ${columnsOf(em, SelfAudit, 't')} from self_audit t where t.id = ${id} and ${own}`,
  );
  return found ?? null;
}

/**
 * The answers of a network's teams to each question of a questionnaire, by calendar year: of each team its last answer of
 * the year. Questions in the order of the latest edition, then those that only earlier ones had. BAD_USER_INPUT for a
 * network in whose office the viewer is not, and for a code that no questionnaire has. Three statements.
 */
export async function selfAuditTrend(
  ctx: Context,
  slug: string,
  code: string,
  team: string | null,
): Promise<SelfAuditTrend[]> {
  const { em } = ctx;
  const network = await officeNetwork(ctx, slug, 'network');
  const editions = await em.find(SelfAuditQuestionnaire, { code }, { orderBy: { edition: 'desc' } });
  if (editions.length === 0) throw badInput('questionnaire', 'No questionnaire has this code.');
  const which = allOf([ofNetwork(network.id), ...wished({ questionnaire: code, team })]);
  const rows = await rowsOf<SelfAuditYear & { question: string; sum: number }>(
    em,
    sql`with last as (
          select distinct on (t.team_id, extract(year from t.filled_on), answer.question)
            extract(year from t.filled_on)::int as year, answer.question, answer.value
          from self_audit t join self_audit_answer answer on answer.audit_id = t.id
          where ${which} and answer.value is not null
          order by t.team_id, extract(year from t.filled_on), answer.question, t.filled_on desc, t.id desc)
        select question, year, count(*)::int as teams, sum(value)::int as sum, avg(value)::float8 as mean, min(value) as lowest, max(value) as highest
        from last group by question, year order by year`,
  );
  const byQuestion = Map.groupBy(rows, row => row.question);
  const questions = new Map(
    editions.toReversed().flatMap(one => one.questions.map(each => [each.code, each] as const)),
  );
  const order = [...new Set(editions.flatMap(one => one.questions.map(each => each.code)))];
  return order.map(each => {
    const years = byQuestion.get(each) ?? [];
    const [first, last] = [years[0], years.at(-1)];
    return {
      question: questions.get(each)!,
      years,
      change: first && last && first !== last ? differenceOf(first, last) : null,
    };
  });
}

/** Of two means, by one division: means of thirds would differ by a hair. */
const differenceOf = (first: { sum: number; teams: number }, last: { sum: number; teams: number }): number =>
  (last.sum * first.teams - first.sum * last.teams) / (first.teams * last.teams);

const ofNetwork = (id: string): Sql =>
  sql`exists (select from team own where own.id = t.team_id and own.network_id = ${id})`;

function wished({ questionnaire, team }: Pick<SelfAuditsArgs, 'questionnaire' | 'team'>): Sql[] {
  return [
    ...(questionnaire == null
      ? []
      : [
          sql`t.questionnaire_id in (select asked.id from self_audit_questionnaire asked where asked.code = ${questionnaire})`,
        ]),
    ...(team == null ? [] : [isId(team) ? sql`t.team_id = ${team}` : sql`false`]),
  ];
}
