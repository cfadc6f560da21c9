import { Arg, Authorized, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { ClientCase } from '../client-case/client-case.entity.js';
import { Service } from '../service/service.entity.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import { recordConsent, revokeConsent } from './consent.actions.js';
import { Consent } from './consent.entity.js';
import { ConsentRecordInput } from './consent.inputs.js';
import { findConsent } from './consent.query.js';

@ObjectType({ description: 'Answer to a change of a consent.' })
export class ConsentPayload extends MutationPayload {
  @Field(() => Consent, { nullable: true, description: 'As it stands now; null when refused.' })
  consent?: Consent | null;
}

@Resolver(() => Consent)
export class ConsentResolver {
  @Authorized(Role.CASEWORKER)
  @Mutation(() => ConsentPayload, {
    description:
      'Records what the client agreed to. The same twice, while it is not revoked, is the same as once. For caseworkers on the case.',
  })
  consentRecord(
    @Arg('input', () => ConsentRecordInput, { description: 'Who agreed to what, and until when.' })
    input: ConsentRecordInput,
    @Ctx() ctx: Context,
  ): Promise<ConsentPayload> {
    return payload(
      'consent',
      recordConsent(ctx, input).then(id => findConsent(ctx, id)),
    );
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => ConsentPayload, {
    description:
      'Takes effect at once: referrals that rest on it (their `consent`) become REVOKED, also where another consent would do. Twice is the same as once. For caseworkers on the case.',
  })
  consentRevoke(
    @Arg('id', () => ID, { description: 'Which consent.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<ConsentPayload> {
    return payload(
      'consent',
      revokeConsent(ctx, id).then(key => findConsent(ctx, key)),
    );
  }

  @FieldResolver(() => ClientCase, { nullable: true, description: 'Whose it is; for caseworkers on the case.' })
  clientCase(@Root() consent: Consent, @Ctx() { loaders }: Context): Promise<ClientCase | null> {
    return loaders.ownCase.load(consent.clientCase.id);
  }

  @FieldResolver(() => Service, { nullable: true, description: 'For this service; null when it is for a category.' })
  async service(@Root() consent: Consent): Promise<Service | null> {
    return consent.service ? consent.service.loadOrFail() : null;
  }

  @FieldResolver(() => Category, { nullable: true, description: 'For every service in its subtree; or null.' })
  async category(@Root() consent: Consent, @Ctx() { loaders }: Context): Promise<Category | null> {
    return consent.category ? ((await loaders.categories()).byCode.get(consent.category.code) ?? null) : null;
  }
}
