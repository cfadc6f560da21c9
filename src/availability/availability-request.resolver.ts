import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { seesExactPlaces } from '../service/service.access.js';
import { Service } from '../service/service.entity.js';
import { shownFree, showsCoarsely } from '../service/service.rules.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import {
  AvailabilityAnswerInput,
  AvailabilityRequestConnection,
  AvailabilityRequestsArgs,
} from './availability.inputs.js';
import { findAvailabilityRequest, requestPage } from './availability.query.js';
import { isOpen } from './availability.rules.js';
import { answerAvailability } from './availability-answer.actions.js';
import { AvailabilityQuestion } from './availability-question.entity.js';
import { AvailabilityRequest } from './availability-request.entity.js';

@ObjectType({ description: 'Answer to an answer about availability.' })
export class AvailabilityRequestPayload extends MutationPayload {
  @Field(() => AvailabilityRequest, { nullable: true, description: 'As it stands now; null when refused.' })
  availabilityRequest?: AvailabilityRequest | null;
}

@Resolver(() => AvailabilityRequest)
export class AvailabilityRequestResolver {
  @Authorized()
  @Query(() => AvailabilityRequestConnection, { description: 'What your partners were asked, newest first.' })
  availabilityRequests(
    @Args(() => AvailabilityRequestsArgs) args: AvailabilityRequestsArgs,
    @Ctx() ctx: Context,
  ): Promise<AvailabilityRequestConnection> {
    return requestPage(ctx, args);
  }

  @Authorized(Role.PARTNER_EDITOR)
  @Mutation(() => AvailabilityRequestPayload, {
    description:
      "Says what is free, and reports it as the service's places, dated now: what is free now becomes `places`, unless they are free from a later day on; what the answer does not say stays, and so is confirmed. Places held by referrals stay held: where they and `places` are more than `total`, that is raised. Again until seven days after `answerBy`, then TOO_LATE. For the partner's editors.",
  })
  availabilityAnswer(
    @Arg('id', () => ID, { description: 'Which request.' }) id: string,
    @Arg('input', () => AvailabilityAnswerInput, { description: 'What is free.' }) input: AvailabilityAnswerInput,
    @Ctx() ctx: Context,
  ): Promise<AvailabilityRequestPayload> {
    return payload(
      'availabilityRequest',
      answerAvailability(ctx, id, input).then(key => findAvailabilityRequest(ctx, key)),
    );
  }

  @FieldResolver(() => AvailabilityQuestion, { description: 'What was asked.' })
  question(@Root() request: AvailabilityRequest): Promise<AvailabilityQuestion> {
    return request.question.loadOrFail();
  }

  @FieldResolver(() => Service, { description: 'Which service was asked.' })
  service(@Root() request: AvailabilityRequest): Promise<Service> {
    return request.service.loadOrFail();
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Free for this profile within the asked time; 0 = none, null = no answer yet. Of a service that tells little of its clients, others see it rounded down to 0, 1, 3 or 6.',
  })
  async places(@Root() request: AvailabilityRequest, @Ctx() { viewer }: Context): Promise<number | null> {
    if (request.places === null) return null;
    const service = await request.service.loadOrFail();
    return seesExactPlaces(viewer, service) ? request.places : shownFree(request.places, showsCoarsely(service));
  }

  @FieldResolver(() => Boolean, { description: 'Does it wait for an answer still?' })
  open(@Root() request: AvailabilityRequest, @Ctx() { now }: Context): boolean {
    return isOpen(request, now);
  }
}
