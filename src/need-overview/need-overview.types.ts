import { Field, Int, ObjectType } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';

@ObjectType({ description: 'Places for a need in a network, as everybody sees them.' })
export class NeedPlaces {
  @Field(() => Int, {
    description:
      'Services that take clients today and have reported counted places: active, not paused, closed by no round of a programme.',
  })
  services!: number;

  @Field(() => Int, { description: 'All their places.' })
  total!: number;

  @Field(() => Int, {
    description: 'Free ones among them; of services that tell little of their clients, rounded down to 0, 1, 3 or 6.',
  })
  free!: number;
}

@ObjectType({ description: 'What could not be had for a need in the last twelve months: a sum over the gap register.' })
export class NeedGap {
  /** Code of the category. */
  category!: string;

  @Field(() => Int, { description: 'How often.' })
  events!: number;

  @Field(() => Int, { description: 'Entries of the register about which nothing is done yet.' })
  open!: number;
}

@ObjectType({ description: 'When somebody of a network last heard of its partners for a need.' })
export class NeedContact {
  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The last confirmation of one of the services, or of a partner that offers one; null = never.',
  })
  confirmedOn!: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description:
      'The last answer to a referral; without services that tell little of their clients, of which the day would tell whose it was. Null = none.',
  })
  answeredOn!: string | null;
}

@ObjectType({ description: 'What the staff of a Jobcenter know of a topic that is about a need: counts, no names.' })
export class NeedKnowledge {
  topicCode!: string;

  @Field(() => Int, { description: 'How many people work in all teams.' })
  staff!: number;

  @Field(() => Int, { nullable: true, description: 'Who says that they know about it; null: no team ever reported.' })
  declared!: number | null;

  @Field(() => Int, { description: 'How many are trained.' })
  trained!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Who used it in the last six months; null: no report of that time.',
  })
  used!: number | null;
}

@ObjectType({ description: 'Whom to ask in a team: a function, never a person (Ansprechstelle).' })
export class NeedStaffContact {
  @Field(() => String, { description: 'Name of the team.' })
  team!: string;

  @Field(() => String, { description: 'Its function: "Ansprechstelle Sucht".' })
  function!: string;

  @Field(() => String, { nullable: true, description: 'Of the function.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Of the function.' })
  email!: string | null;
}

@ObjectType({
  description: 'How many open cases of a network have a need, counted once a month in whole fives (Fallzahl).',
})
export class NeedCases {
  @Field(() => GraphQLLocalDate, { description: 'When it was counted.' })
  countedOn!: string;

  @Field(() => Int, { nullable: true, description: 'With the need; null: fewer than five.' })
  cases!: number | null;

  @Field(() => Int, { nullable: true, description: 'All open cases; null: fewer than five.' })
  allCases!: number | null;
}

@ObjectType({
  description: 'Everything that there is in a network for a need (Netzwerk nach Bedarf), as far as you may see it.',
})
export class NetworkByNeed {
  networkId!: string;
  /** Code of the need. */
  needCode!: string;

  @Field(() => Int, { description: 'Published partners that offer something made for the need.' })
  partnerCount!: number;

  @Field(() => Int, { description: 'Published services that are made for the need.' })
  serviceCount!: number;

  @Field(() => NeedPlaces, { description: 'Their places.' })
  places!: NeedPlaces;

  /** For members. */
  lastHeard!: NeedContact;
}
