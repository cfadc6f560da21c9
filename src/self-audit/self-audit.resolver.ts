import {
  Arg,
  Args,
  Authorized,
  Ctx,
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
import { Role } from '../viewer/viewer.rules.js';
import { addQuestionnaire, fillSelfAudit } from './self-audit.actions.js';
import { SelfAudit, SelfAuditAnswer, SelfAuditQuestionnaire } from './self-audit.entity.js';
import {
  SelfAuditConnection,
  SelfAuditInput,
  SelfAuditQuestionnaireConnection,
  SelfAuditQuestionnaireInput,
  SelfAuditsArgs,
} from './self-audit.inputs.js';
import { findSelfAudit, questionnairePage, selfAuditPage, selfAuditTrend } from './self-audit.query.js';
import { SelfAuditQuestion, SelfAuditTrend } from './self-audit.types.js';

@ObjectType({ description: 'Answer to a questionnaire that was filled in.' })
export class SelfAuditPayload extends MutationPayload {
  @Field(() => SelfAudit, { nullable: true, description: 'As it stands now; null when refused.' })
  selfAudit?: SelfAudit | null;
}

@ObjectType({ description: 'Answer to a new edition of a questionnaire.' })
export class SelfAuditQuestionnairePayload extends MutationPayload {
  @Field(() => SelfAuditQuestionnaire, { nullable: true, description: 'The new edition; null when refused.' })
  questionnaire?: SelfAuditQuestionnaire | null;
}

@Resolver(() => SelfAudit)
export class SelfAuditResolver {
  @Authorized(Role.CASEWORKER, Role.COORDINATOR)
  @Query(() => SelfAuditConnection, {
    description: 'What teams of a network of yours filled in, newest first; for its caseworkers and coordinators.',
  })
  selfAudits(@Args(() => SelfAuditsArgs) args: SelfAuditsArgs, @Ctx() ctx: Context): Promise<SelfAuditConnection> {
    return selfAuditPage(ctx, args);
  }

  @Authorized(Role.CASEWORKER, Role.COORDINATOR)
  @Query(() => [SelfAuditTrend], {
    complexity: 200,
    description:
      'How the answers to each question of a questionnaire went over the years, in a network of yours; for its caseworkers and coordinators.',
  })
  selfAuditTrend(
    @Arg('network', () => String, { description: 'Slug of a network in which you are caseworker or coordinator.' })
    network: string,
    @Arg('questionnaire', () => String, { description: 'Code of the questionnaire, in all its editions.' })
    questionnaire: string,
    @Arg('team', () => ID, { nullable: true, description: 'Of one team only.' }) team: string | null,
    @Ctx() ctx: Context,
  ): Promise<SelfAuditTrend[]> {
    return selfAuditTrend(ctx, network, questionnaire, team ?? null);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => SelfAuditPayload, {
    description:
      'Enters a questionnaire as a team filled it in, in place of what it filled in on the same day. For coordinators of the network.',
  })
  selfAuditFill(
    @Arg('team', () => ID, { description: 'Which team.' }) team: string,
    @Arg('input', () => SelfAuditInput, { description: 'What it answered.' }) input: SelfAuditInput,
    @Ctx() ctx: Context,
  ): Promise<SelfAuditPayload> {
    return payload(
      'selfAudit',
      fillSelfAudit(ctx, team, input).then(key => findSelfAudit(ctx, key)),
    );
  }

  @FieldResolver(() => Team, { description: 'Which team.' })
  team(@Root() { team }: SelfAudit): Promise<Team> {
    return team.loadOrFail();
  }

  @FieldResolver(() => SelfAuditQuestionnaire, { description: 'Which edition of which questionnaire.' })
  questionnaire(@Root() { questionnaire }: SelfAudit): Promise<SelfAuditQuestionnaire> {
    return questionnaire.loadOrFail();
  }

  @FieldResolver(() => [SelfAuditAnswer], { description: 'What it answered, in the order of the questions.' })
  async answers(@Root() { id, questionnaire }: SelfAudit, @Ctx() { loaders }: Context): Promise<SelfAuditAnswer[]> {
    const [{ questions }, answers] = await Promise.all([
      questionnaire.loadOrFail(),
      loaders.answersOfSelfAudit.load(id),
    ]);
    return questions.flatMap(({ code }) => answers.find(({ question }) => question === code) ?? []);
  }
}

@Resolver(() => SelfAuditQuestionnaire)
export class SelfAuditQuestionnaireResolver {
  @Authorized()
  @Query(() => SelfAuditQuestionnaireConnection, {
    description: 'All questionnaires by code, the newest edition of each first. For everybody signed in.',
  })
  selfAuditQuestionnaires(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<SelfAuditQuestionnaireConnection> {
    return questionnairePage(ctx, args);
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => SelfAuditQuestionnairePayload, {
    description:
      'A new edition of a questionnaire, or the first, for all networks. It never changes. For those who run the hub.',
  })
  selfAuditQuestionnaireAdd(
    @Arg('input', () => SelfAuditQuestionnaireInput, { description: 'What it asks.' })
    input: SelfAuditQuestionnaireInput,
    @Ctx() ctx: Context,
  ): Promise<SelfAuditQuestionnairePayload> {
    return payload(
      'questionnaire',
      addQuestionnaire(ctx, input).then(id => ctx.em.findOne(SelfAuditQuestionnaire, { id })),
    );
  }

  @FieldResolver(() => [SelfAuditQuestion], { description: 'In the order in which they are asked; 100 at most.' })
  questions(@Root() { questions }: SelfAuditQuestionnaire): SelfAuditQuestion[] {
    return questions;
  }
}
