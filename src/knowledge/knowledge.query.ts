import { coordinatesNetwork } from '../network/network.access.js';
import { officeNetwork } from '../network/own-network.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { sql } from '../shared/sql.js';
import { isThereOn, TEAMS } from '../team/team.query.js';
import { topicsOf } from '../training/training-topics.query.js';
import type { KnowledgeArgs } from './knowledge.inputs.js';
import { Knowledge, TeamKnowledgeConnection, type TopicKnowledge } from './knowledge.types.js';
import { knowledgeByTopic, knowledgeOfTeams } from './team-knowledge.query.js';
import { referralsByTopic } from './topic-referrals.query.js';

/** What is asked of a network by its office. BAD_USER_INPUT for another, and for an unknown topic. */
export async function knowledge(ctx: Context, args: KnowledgeArgs): Promise<Knowledge> {
  const network = await officeNetwork(ctx, args.network, 'network');
  const topics = await topicsOf(ctx, args.topics, 'topics');
  return Object.assign(new Knowledge(), {
    network: network.id,
    codes: topics.map(({ code }) => code),
    on: args.on ?? berlinDay(ctx.now),
  });
}

/** The sums of each topic; those of referrals for coordinators only, and of no day to come. */
export async function topicKnowledge(ctx: Context, { network, codes, on }: Knowledge): Promise<TopicKnowledge[]> {
  const { em, viewer, now, loaders } = ctx;
  const all = await loaders.trainingTopics();
  const sums = await knowledgeByTopic(em, network, codes, on);
  const today = berlinDay(now);
  const referrals = coordinatesNetwork(viewer, network)
    ? await referralsByTopic(em, network, [...all.keys()], on < today ? on : today)
    : null;
  return codes.map(code => {
    const sum = sums.get(code) ?? { teams: 0, reported: 0, staff: 0, declared: null, trained: 0, used: null };
    return {
      ...sum,
      topic: all.get(code)!,
      trainedShare: sum.staff > 0 ? sum.trained / sum.staff : null,
      referrals: referrals?.get(code) ?? null,
    };
  });
}

/** Each team with what it knows, by name. */
export async function teamKnowledgePage(
  ctx: Context,
  { network, codes, on }: Knowledge,
  args: PageArgs,
): Promise<TeamKnowledgeConnection> {
  const { em, secrets, loaders } = ctx;
  const page = pageOf(args, secrets, TeamKnowledgeConnection.list);
  const conditions = [sql`t.network_id = ${network}`, isThereOn(on)];
  const teams = await listPage(em, TEAMS, conditions, page);
  const all = await loaders.trainingTopics();
  const known = await knowledgeOfTeams(
    em,
    teams.map(({ id }) => id),
    codes,
    on,
  );
  return TeamKnowledgeConnection.of(secrets, {
    rows: teams.map(team => ({
      team,
      topics: codes.flatMap(code => {
        const row = known.get(team.id)?.find(({ topic }) => topic === code);
        return row ? [{ ...row, topic: all.get(code)! }] : [];
      }),
    })),
    page,
    position: ({ team: { name, id } }) => [name, id],
    count: () => countOf(em, TEAMS, conditions),
  });
}
