import { ArgsType, Extensions, Field, ID, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Consortium } from './consortium.entity.js';
import './consortium.enums.js';
import { ConsortiumRole, LONGEST_PURPOSE } from './consortium.rules.js';
import { ConsortiumMember } from './consortium-member.entity.js';

export const ConsortiumConnection = connectionOf(Consortium, 'consortia');
export type ConsortiumConnection = InstanceType<typeof ConsortiumConnection>;

export const ConsortiumMemberConnection = connectionOf(ConsortiumMember, 'consortiumMembers');
export type ConsortiumMemberConnection = InstanceType<typeof ConsortiumMemberConnection>;

@InputType({ description: 'Which consortia. All fields must hold.' })
export class ConsortiumFilter {
  @Field(() => String, { nullable: true, description: 'Slug of the network that keeps the record.' })
  network?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A partner that belongs to it on the day of `on`; without, ever did.',
  })
  partner?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'It is there on this day; always when left out.' })
  on?: string | null;
}

@ArgsType()
export class ConsortiaArgs extends PageArgs {
  @Field(() => ConsortiumFilter, { nullable: true, description: 'All when left out.' })
  filter?: ConsortiumFilter | null;
}

@ArgsType()
export class MembershipsArgs extends PageArgs {
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Those of this day; today when left out.' })
  on?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'True: those of all times; not with `on`.',
  })
  all?: boolean | null;
}

@InputType({ description: 'A new consortium.' })
export class ConsortiumInput {
  @Field(() => String, { description: 'Slug of a network that you coordinate; it keeps the record.' })
  network!: string;

  @Field(() => String, { description: 'As it calls itself.' })
  name!: string;

  @Extensions({ maxLength: LONGEST_PURPOSE })
  @Field(() => String, { nullable: true, description: 'What it is there for, up to 2,000 characters.' })
  purpose?: string | null;

  @Field(() => ID, { nullable: true, description: 'A partner that is its umbrella (Dachverband), of any network.' })
  umbrella?: string | null;

  @Field(() => GraphQLLocalDate, { description: 'Its first day.' })
  foundedOn!: string;
}

@InputType({ description: 'Left out = unchanged; null = emptied, where that is allowed.' })
export class ConsortiumEditInput {
  @Field(() => String, { nullable: true, description: 'As it calls itself; cannot be emptied.' })
  name?: string | null;

  @Extensions({ maxLength: LONGEST_PURPOSE })
  @Field(() => String, { nullable: true, description: 'What it is there for.' })
  purpose?: string | null;

  @Field(() => ID, { nullable: true, description: 'A partner that is its umbrella.' })
  umbrella?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Its last day: memberships that are open end with it. None may begin or end later.',
  })
  dissolvedOn?: string | null;
}

@InputType({ description: 'Who belongs to it, as what, and when.' })
export class ConsortiumMemberInput {
  @Field(() => ID, { description: 'A published partner of any network.' })
  partner!: string;

  @Field(() => ConsortiumRole, { description: 'As what. A partner may have several roles, each once at a time.' })
  role!: ConsortiumRole;

  @Field(() => GraphQLLocalDate, { description: 'The first day.' })
  from!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day; left out = it goes on.' })
  until?: string | null;
}
