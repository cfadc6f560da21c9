import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { Team } from '../team/team.entity.js';
import { findTeam } from '../team/team.query.js';
import { Role } from '../viewer/viewer.rules.js';
import { reportKnowledge } from './knowledge.actions.js';
import { KnowledgeArgs, KnowledgeReportInput, WhoKnowsArgs } from './knowledge.inputs.js';
import { knowledge, teamKnowledgePage, topicKnowledge } from './knowledge.query.js';
import { Knowledge, TeamKnowledgeConnection, TopicKnowledge, WhoKnows } from './knowledge.types.js';
import { whoKnows } from './who-knows.query.js';

@ObjectType({ description: 'Answer to what a team says of its knowledge.' })
export class KnowledgeReportPayload extends MutationPayload {
  @Field(() => Team, { nullable: true, description: 'The team; null when refused.' })
  team?: Team | null;
}

@Resolver(() => Knowledge)
export class KnowledgeResolver {
  @Extensions({ caseData: true })
  @Authorized(Role.CASEWORKER, Role.COORDINATOR)
  @Query(() => Knowledge, {
    complexity: 200,
    description:
      'What the staff of a network of yours know: declared, trained, used in the last six months. For its caseworkers and coordinators.',
  })
  knowledge(@Args(() => KnowledgeArgs) args: KnowledgeArgs, @Ctx() ctx: Context): Promise<Knowledge> {
    return knowledge(ctx, args);
  }

  @Authorized()
  @Query(() => WhoKnows, {
    complexity: 200,
    description:
      'Whom can I ask about a need, or about a topic? Teams and partners of a network of yours, by function; how many of a team know is for its caseworkers and coordinators.',
  })
  whoKnows(@Args(() => WhoKnowsArgs) args: WhoKnowsArgs, @Ctx() ctx: Context): Promise<WhoKnows> {
    return whoKnows(ctx, args);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => KnowledgeReportPayload, {
    description:
      'What a team says of its knowledge of a topic on a day, in place of what it said of that day before. For coordinators of the network.',
  })
  knowledgeReport(
    @Arg('team', () => ID, { description: 'Which team.' }) team: string,
    @Arg('input', () => KnowledgeReportInput, { description: 'The counts.' }) input: KnowledgeReportInput,
    @Ctx() ctx: Context,
  ): Promise<KnowledgeReportPayload> {
    return payload(
      'team',
      reportKnowledge(ctx, team, input).then(key => findTeam(ctx, key)),
    );
  }

  @FieldResolver(() => [TopicKnowledge], { description: 'What all teams know, by topic.' })
  topics(@Root() root: Knowledge, @Ctx() ctx: Context): Promise<TopicKnowledge[]> {
    return topicKnowledge(ctx, root);
  }

  @FieldResolver(() => TeamKnowledgeConnection, { description: 'What each team knows, by name.' })
  teams(
    @Root() root: Knowledge,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<TeamKnowledgeConnection> {
    return teamKnowledgePage(ctx, root, args);
  }
}
