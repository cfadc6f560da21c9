import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { Municipality } from '../municipality/municipality.entity.js';
import { Need } from '../need/need.entity.js';
import type { Context } from '../shared/context.js';
import { LanguageTag } from '../shared/scalars.js';
import type { ReferralDisclosure } from './referral-disclosure.entity.js';

@ObjectType({ description: 'What a partner is told of the client, as of the sending.' })
export class ReferralClient {
  @Field(() => String, { description: 'Another one for every partner, so that two partners cannot compare.' })
  pseudonym!: string;

  @Field(() => [LanguageTag], { description: 'That the client speaks.' })
  languages!: string[];

  @Field(() => Int, { nullable: true, description: 'In years, from the year of birth.' })
  age!: number | null;
}

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
