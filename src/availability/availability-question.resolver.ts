import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { Network } from '../network/network.entity.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import { AvailabilityAskInput, AvailabilityQuestionConnection } from './availability.inputs.js';
import { findAvailabilityQuestion, questionPage } from './availability.query.js';
import { MOST_ASKED } from './availability.rules.js';
import { askAvailability } from './availability-ask.actions.js';
import { AvailabilityQuestion } from './availability-question.entity.js';
import { AvailabilityRequest } from './availability-request.entity.js';

@ObjectType({ description: 'Answer to a question about availability.' })
export class AvailabilityQuestionPayload extends MutationPayload {
  @Field(() => AvailabilityQuestion, { nullable: true, description: 'As it was asked; null when refused.' })
  availabilityQuestion?: AvailabilityQuestion | null;
}

@Resolver(() => AvailabilityQuestion)
export class AvailabilityQuestionResolver {
  @Authorized()
  @Query(() => AvailabilityQuestionConnection, { description: 'What you asked yourself, newest first.' })
  availabilityQuestions(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<AvailabilityQuestionConnection> {
    return questionPage(ctx, args);
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => AvailabilityQuestionPayload, {
    complexity: 3000,
    description:
      'Asks all services that fit, the best 50 at most, without personal data. None fits: INVALID_INPUT. The same again while it waits for answers: DUPLICATE. For caseworkers of the network.',
  })
  availabilityAsk(
    @Arg('input', () => AvailabilityAskInput, { description: 'For whom, roughly.' }) input: AvailabilityAskInput,
    @Ctx() ctx: Context,
  ): Promise<AvailabilityQuestionPayload> {
    return payload(
      'availabilityQuestion',
      askAvailability(ctx, input).then(id => findAvailabilityQuestion(ctx, id)),
    );
  }

  @FieldResolver(() => Network, { description: 'Whose caseworker asks, and whose services were asked.' })
  network(@Root() question: AvailabilityQuestion): Promise<Network> {
    return question.network.loadOrFail();
  }

  @FieldResolver(() => Category, { description: 'What is looked for; everything below it fits too.' })
  async category(@Root() question: AvailabilityQuestion, @Ctx() { loaders }: Context): Promise<Category> {
    return (await loaders.categories()).byCode.get(question.category.code)!;
  }

  @FieldResolver(() => Int, { description: 'How many services were asked, as far as you may see it.' })
  async asked(@Root() { id }: AvailabilityQuestion, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.answersOfQuestion.load(id))?.asked ?? 0;
  }

  @FieldResolver(() => Int, { description: 'How many of them have answered.' })
  async answered(@Root() { id }: AvailabilityQuestion, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.answersOfQuestion.load(id))?.answered ?? 0;
  }

  @FieldResolver(() => Int, { description: 'How many of them have a place in time.' })
  async yes(@Root() { id }: AvailabilityQuestion, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.answersOfQuestion.load(id))?.yes ?? 0;
  }

  @FieldResolver(() => [AvailabilityRequest], {
    complexity: MOST_ASKED,
    description: 'One for each asked service, the best first; partners see those to themselves only.',
  })
  requests(@Root() { id }: AvailabilityQuestion, @Ctx() { loaders }: Context): Promise<AvailabilityRequest[]> {
    return loaders.requestsOfQuestion.load(id);
  }
}
