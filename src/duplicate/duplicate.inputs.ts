import { ArgsType, Extensions, Field, Float } from 'type-graphql';
import { PageArgs } from '../shared/connection.js';

export const USUAL_SCORE = 0.5;

@ArgsType()
export class DuplicateCandidatesArgs extends PageArgs {
  @Field(() => String, { description: 'Slug of a network that you coordinate.' })
  network!: string;

  @Field(() => Float, {
    nullable: true,
    defaultValue: USUAL_SCORE,
    description: '0.05 to 1; those below are left out. BAD_USER_INPUT for another number: less than 0.05 is chance.',
  })
  minimumScore?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Also with partners of the other networks that you coordinate: a hint, they cannot be merged.',
  })
  otherNetworks?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Those of which somebody said that they are two, instead of those that are open.',
  })
  dismissed?: boolean | null;
}

@ArgsType()
export class SimilarPartnersArgs {
  @Field(() => String, { description: 'Slug of the network in which it is to be registered.' })
  network!: string;

  @Field(() => String, { description: 'As it calls itself.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'However it is written.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { nullable: true, description: 'Address on the web.' })
  website?: string | null;

  @Field(() => String, { nullable: true, description: 'Street and house number.' })
  street?: string | null;

  @Field(() => String, { nullable: true, description: 'Five digits.' })
  postalCode?: string | null;
}
