import { Arg, Args, Authorized, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { editAgreement, registerAgreement } from './framework-agreement.actions.js';
import { FrameworkAgreement } from './framework-agreement.entity.js';
import {
  FrameworkAgreementConnection,
  FrameworkAgreementEditInput,
  FrameworkAgreementRegisterInput,
} from './framework-agreement.inputs.js';
import { agreementPage, findAgreement } from './framework-agreement.query.js';

@ObjectType({ description: 'Answer to a mutation of a framework agreement.' })
export class FrameworkAgreementPayload extends MutationPayload {
  @Field(() => FrameworkAgreement, { nullable: true, description: 'As it stands now; null when refused.' })
  frameworkAgreement?: FrameworkAgreement | null;
}

@Resolver(() => FrameworkAgreement)
export class FrameworkAgreementResolver {
  @Query(() => FrameworkAgreementConnection, {
    description: 'Agreements that Jobcenters can accede to (Rahmenvereinbarungen), the latest first. For everybody.',
  })
  frameworkAgreements(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<FrameworkAgreementConnection> {
    return agreementPage(ctx, args);
  }

  @Query(() => FrameworkAgreement, { nullable: true, description: 'One framework agreement by its short name.' })
  frameworkAgreement(
    @Arg('slug', () => String, { description: 'Its short name.' }) slug: string,
    @Ctx() { em }: Context,
  ): Promise<FrameworkAgreement | null> {
    return em.findOne(FrameworkAgreement, { slug });
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => FrameworkAgreementPayload, {
    description: 'Registers a framework agreement. For those who run the hub. DUPLICATE: its short name is taken.',
  })
  frameworkAgreementRegister(
    @Arg('input', () => FrameworkAgreementRegisterInput, { description: 'What is agreed, and by whom.' })
    input: FrameworkAgreementRegisterInput,
    @Ctx() ctx: Context,
  ): Promise<FrameworkAgreementPayload> {
    return payload(
      'frameworkAgreement',
      registerAgreement(ctx, input).then(id => findAgreement(ctx, id)),
    );
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => FrameworkAgreementPayload, {
    description: 'Changes a framework agreement. For those who run the hub.',
  })
  frameworkAgreementEdit(
    @Arg('id', () => ID, { description: 'Which agreement.' }) id: string,
    @Arg('input', () => FrameworkAgreementEditInput, { description: 'What changes.' })
    input: FrameworkAgreementEditInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<FrameworkAgreementPayload> {
    return payload(
      'frameworkAgreement',
      editAgreement(ctx, id, input, expectedVersion).then(key => findAgreement(ctx, key)),
    );
  }
}
