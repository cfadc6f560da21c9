import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { PlanMeasureConnection } from '../action-plan/action-plan.inputs.js';
import { measuresForNeed } from '../action-plan/action-plan.query.js';
import { Category } from '../category/category.entity.js';
import { Need } from '../need/need.entity.js';
import { coordinatesNetwork, isMemberOf, isOfficeOf } from '../network/network.access.js';
import { Network } from '../network/network.entity.js';
import { PartnerConnection } from '../partner/partner.inputs.js';
import { ServiceConnection } from '../service/service.inputs.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { TrainingTopic } from '../training/training-topic.entity.js';
import { ownNetworks } from '../viewer/viewer.rules.js';
import { networksByNeed, partnersForNeed, servicesForNeed } from './need-overview.query.js';
import {
  NeedCases,
  NeedContact,
  NeedGap,
  NeedKnowledge,
  NeedStaffContact,
  NetworkByNeed,
} from './need-overview.types.js';

@Resolver(() => NetworkByNeed)
export class NeedOverviewResolver {
  @Extensions({ caseData: true })
  @Query(() => [NetworkByNeed], {
    complexity: 500,
    description:
      'Which networks there are that one can use for a need, and what each has for it (Netzwerk nach Bedarf); by name. What is for members, caseworkers or coordinators of a network is null to others.',
  })
  networkByNeed(
    @Arg('need', () => ID, { description: 'Code of the need.' }) need: string,
    @Arg('networks', () => [String], { nullable: true, description: 'Slugs; all when left out.' })
    networks: string[] | null,
    @Ctx() ctx: Context,
  ): Promise<NetworkByNeed[]> {
    return networksByNeed(ctx, need, networks);
  }

  @FieldResolver(() => Network, { description: 'Which network.' })
  network(@Root() { networkId }: NetworkByNeed, @Ctx() { em }: Context): Promise<Network> {
    return em.getReference(Network, networkId, { wrapped: true }).loadOrFail();
  }

  @FieldResolver(() => Need, { description: 'For which need.' })
  async need(@Root() { needCode }: NetworkByNeed, @Ctx() { loaders }: Context): Promise<Need> {
    return (await loaders.needs()).get(needCode)!;
  }

  @FieldResolver(() => PartnerConnection, { description: 'Partners that offer something made for the need, by name.' })
  partners(
    @Root() one: NetworkByNeed,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<PartnerConnection> {
    return partnersForNeed(ctx, one, args);
  }

  @FieldResolver(() => ServiceConnection, { description: 'Services that are made for the need, by name.' })
  services(
    @Root() one: NetworkByNeed,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ServiceConnection> {
    return servicesForNeed(ctx, one, args);
  }

  @FieldResolver(() => PlanMeasureConnection, {
    description:
      'Measures for the need that are planned or under way in plans that you may see, the next due day first.',
  })
  measures(
    @Root() { networkId, needCode }: NetworkByNeed,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<PlanMeasureConnection> {
    return measuresForNeed(ctx, networkId, needCode, args);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many of the services that take clients today (active, not paused, closed by no programme) clients of a network of yours may be referred to today: all where you are a member, of other networks those that are shared with yours. Null where you are a member of none.',
  })
  async usableServices(@Root() { networkId, needCode }: NetworkByNeed, @Ctx() ctx: Context): Promise<number | null> {
    if (ownNetworks(ctx.viewer).length === 0) return null;
    return (await ctx.loaders.usableOfNeed(ctx, needCode).load(networkId))?.services ?? 0;
  }

  @FieldResolver(() => NeedContact, {
    nullable: true,
    description: 'When somebody last heard of the partners; for members of the network.',
  })
  lastContact(@Root() { networkId, lastHeard }: NetworkByNeed, @Ctx() { viewer }: Context): NeedContact | null {
    return isMemberOf(viewer, networkId) ? lastHeard : null;
  }

  @Extensions({ items: 10 })
  @FieldResolver(() => [NeedKnowledge], {
    nullable: true,
    description:
      'What staff of the Jobcenter know, a row for each topic that is about the need; for caseworkers and coordinators of the network.',
  })
  async knowledge(
    @Root() { networkId, needCode }: NetworkByNeed,
    @Ctx() ctx: Context,
  ): Promise<NeedKnowledge[] | null> {
    return isOfficeOf(ctx.viewer, networkId) ? ctx.loaders.knowledgeOfNeed(ctx, needCode).load(networkId) : null;
  }

  @Extensions({ items: 20 })
  @FieldResolver(() => [NeedStaffContact], {
    nullable: true,
    description: 'Whom to ask in the teams of the Jobcenter, by function, 20 at most; for members of the network.',
  })
  async staffContacts(
    @Root() { networkId, needCode }: NetworkByNeed,
    @Ctx() ctx: Context,
  ): Promise<NeedStaffContact[] | null> {
    return isMemberOf(ctx.viewer, networkId) ? ctx.loaders.staffContactsOfNeed(ctx, needCode).load(networkId) : null;
  }

  @Extensions({ items: 40 })
  @FieldResolver(() => [NeedGap], {
    nullable: true,
    description:
      'What could not be had in the last twelve months, in the categories that services for the need are of, most often first; one row a category. For those who coordinate the network.',
  })
  async gaps(@Root() { networkId, needCode }: NetworkByNeed, @Ctx() ctx: Context): Promise<NeedGap[] | null> {
    return coordinatesNetwork(ctx.viewer, networkId) ? ctx.loaders.gapsOfNeed(ctx, needCode).load(networkId) : null;
  }

  @FieldResolver(() => NeedCases, {
    nullable: true,
    description: 'How many open cases have the need, as last counted; for those who coordinate the network.',
  })
  async openCases(@Root() { networkId, needCode }: NetworkByNeed, @Ctx() ctx: Context): Promise<NeedCases | null> {
    return coordinatesNetwork(ctx.viewer, networkId) ? ctx.loaders.casesOfNeed(needCode).load(networkId) : null;
  }
}

@Resolver(() => NeedKnowledge)
export class NeedKnowledgeResolver {
  @FieldResolver(() => TrainingTopic, { description: 'Of which topic.' })
  async topic(@Root() { topicCode }: NeedKnowledge, @Ctx() { loaders }: Context): Promise<TrainingTopic> {
    return (await loaders.trainingTopics()).get(topicCode)!;
  }
}

@Resolver(() => NeedGap)
export class NeedGapResolver {
  @FieldResolver(() => Category, { description: 'What was looked for.' })
  async category(@Root() gap: NeedGap, @Ctx() { loaders }: Context): Promise<Category> {
    return (await loaders.categories()).byCode.get(gap.category)!;
  }
}
