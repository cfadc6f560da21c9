import {
  Arg,
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
import { Need } from '../need/need.entity.js';
import { Network } from '../network/network.entity.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { recordShare } from './demand-share.actions.js';
import { DemandShare } from './demand-share.entity.js';
import { DemandShareInput } from './demand-share.inputs.js';
import { demandShares, estimatedDemand, knownShare } from './demand-share.query.js';
import { EstimatedDemand } from './demand-share.types.js';

@ObjectType({ description: 'Answer to the writing of a demand share.' })
export class DemandSharePayload extends MutationPayload {
  @Field(() => DemandShare, { nullable: true, description: 'As it stands now; null when refused.' })
  demandShare?: DemandShare | null;
}

@Resolver(() => DemandShare)
export class DemandShareResolver {
  @Query(() => [DemandShare], { description: 'The shares by which demand can be estimated, by code.' })
  demandShares(@Ctx() ctx: Context): Promise<DemandShare[]> {
    return demandShares(ctx);
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => DemandSharePayload, {
    description: 'Writes a share, or puts it in place of the one with the same code. For those who administer the hub.',
  })
  demandShareRecord(
    @Arg('input', () => DemandShareInput, { description: 'All of it.' }) input: DemandShareInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<DemandSharePayload> {
    return payload(
      'demandShare',
      recordShare(ctx, input, expectedVersion).then(code => knownShare(ctx, code, 'input.code')),
    );
  }

  @FieldResolver(() => String, { description: 'Who they are, in German or English; German for any other language.' })
  name(
    @Root() share: DemandShare,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    return inLanguage(language, { de: share.nameDe, en: share.nameEn });
  }

  @FieldResolver(() => [Need], { description: 'The needs that these people have.' })
  async needs(@Root() { needs }: DemandShare, @Ctx() { loaders }: Context): Promise<Need[]> {
    const known = await loaders.needs();
    return needs.flatMap(code => known.get(code) ?? []);
  }
}

@Resolver(() => Network)
export class NetworkDemandResolver {
  @FieldResolver(() => EstimatedDemand, {
    description: 'How many people of a share live in the district, estimated. An unknown share is BAD_USER_INPUT.',
  })
  estimatedDemand(
    @Root() { id }: Network,
    @Arg('share', () => ID, { description: 'Code of a demand share.' }) share: string,
    @Ctx() ctx: Context,
  ): Promise<EstimatedDemand> {
    return estimatedDemand(ctx, id, share);
  }
}
