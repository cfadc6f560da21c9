import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Municipality } from '../municipality/municipality.entity.js';
import { Need } from '../need/need.entity.js';
import type { Context } from '../shared/context.js';
import { ReferralClient } from './referral-client.type.js';
import type { ReferralDisclosure } from './referral-disclosure.entity.js';

@Resolver(() => ReferralClient)
export class ReferralClientResolver {
  @FieldResolver(() => Municipality, { nullable: true, description: 'Where the client lives.' })
  municipality(@Root() { municipalityKey }: ReferralDisclosure, @Ctx() { em }: Context): Promise<Municipality> | null {
    return municipalityKey ? em.getReference(Municipality, municipalityKey, { wrapped: true }).loadOrFail() : null;
  }

  @FieldResolver(() => [Need], {
    description: 'What the client brings along; nothing sensitive on the statutory task.',
  })
  async needs(@Root() disclosure: ReferralDisclosure, @Ctx() { loaders }: Context): Promise<Need[]> {
    return [...(await loaders.needs()).values()].filter(need => disclosure.needs.includes(need.code));
  }
}
