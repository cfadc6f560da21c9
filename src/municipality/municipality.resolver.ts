import { Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import { knownNetwork } from '../network/network.query.js';
import { connectionOf, PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { Municipality } from './municipality.entity.js';
import { MUNICIPALITIES, municipalityConditions } from './municipality.query.js';

export const MunicipalityConnection = connectionOf(Municipality, 'municipalities');
export type MunicipalityConnection = InstanceType<typeof MunicipalityConnection>;

@ArgsType()
class MunicipalitiesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'The beginning of its name, or nearly its name.' })
  query?: string | null;

  @Field(() => String, { nullable: true, description: 'Five digits; one code can lie in two municipalities.' })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug of the network that it belongs to.' })
  network?: string | null;
}

@Resolver(() => Municipality)
export class MunicipalityResolver {
  @Query(() => MunicipalityConnection, { description: 'Municipalities by name.' })
  async municipalities(
    @Args(() => MunicipalitiesArgs) args: MunicipalitiesArgs,
    @Ctx() { em, secrets }: Context,
  ): Promise<MunicipalityConnection> {
    const page = pageOf(args, secrets, MunicipalityConnection.list);
    if (args.network != null) await knownNetwork(em, args.network, 'network');
    const conditions = municipalityConditions(args);
    return MunicipalityConnection.of(secrets, {
      rows: await listPage(em, MUNICIPALITIES, conditions, page),
      page,
      position: ({ name, key }) => [name, key],
      count: () => countOf(em, MUNICIPALITIES, conditions),
    });
  }
}
