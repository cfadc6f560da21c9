import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Team } from './team.entity.js';

export const TeamConnection = connectionOf(Team, 'teams');
export type TeamConnection = InstanceType<typeof TeamConnection>;

@ArgsType()
export class TeamsArgs extends PageArgs {
  @Field(() => String, { description: 'Slug of a network of yours.' })
  network!: string;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Those that are dissolved, too.' })
  dissolved?: boolean | null;
}

@InputType({ description: 'Whom to ask in a team: a function, never a person.' })
export class TeamContactInput {
  @Field(() => String, { description: 'For example "Ansprechstelle Sucht".' })
  function!: string;

  @Field(() => [ID], { nullable: true, description: 'Codes of the topics that it is there for; empty: for all.' })
  topics?: string[] | null;

  @Field(() => String, { nullable: true, description: 'This or `email` is needed.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'This or `phone` is needed.' })
  email?: string | null;
}

@InputType({ description: 'A team. Left out = unchanged, or none; a new one needs `name` and `staff`.' })
export class TeamInput {
  @Field(() => String, { nullable: true, description: 'As it is called; each name once in a network.' })
  name?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many people work there; before `staffFrom` it is as it was.' })
  staff?: number | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description:
      'The first day on which so many work there, none to come; needs `staff`, and replaces what was said of later days. Left out: today; of a new team: since ever. So a slip is corrected from an early day on.',
  })
  staffFrom?: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the location where it works; null = not said.' })
  location?: string | null;

  @Field(() => [TeamContactInput], { nullable: true, description: 'Whom to ask; replaces all.' })
  contacts?: TeamContactInput[] | null;
}
