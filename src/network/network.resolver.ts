import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Municipality } from '../municipality/municipality.entity.js';
import { PartnerConnection, PartnersArgs } from '../partner/partner.inputs.js';
import { partnersPerParent } from '../partner/partner.query.js';
import type { Context } from '../shared/context.js';
import { Network } from './network.entity.js';

@Resolver(() => Network)
export class NetworkResolver {
  @Query(() => [Network], { description: 'All networks, by name.' })
  networks(@Ctx() { em }: Context): Promise<Network[]> {
    return em.find(Network, {}, { orderBy: { name: 'asc', id: 'asc' } });
  }

  @Query(() => Network, { nullable: true, description: 'One network by its short name.' })
  network(
    @Arg('slug', () => String, { description: 'For example "aachen".' }) slug: string,
    @Ctx() { em }: Context,
  ): Promise<Network | null> {
    return em.findOne(Network, { slug });
  }

  @FieldResolver(() => [Municipality], { description: 'The municipalities of the district, by name.' })
  municipalities(@Root() network: Network, @Ctx() { loaders }: Context): Promise<Municipality[]> {
    return loaders.municipalitiesOfNetwork.load(network.id);
  }

  @FieldResolver(() => PartnerConnection, { description: 'The partners whose record it keeps, by name.' })
  partners(
    @Root() network: Network,
    @Args(() => PartnersArgs) args: PartnersArgs,
    @Ctx() ctx: Context,
  ): Promise<PartnerConnection> {
    return partnersPerParent(ctx, 'network_id', network.id, args);
  }
}
