import { ArgsType, Extensions, Field, ID, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate, MunicipalityKey } from '../shared/scalars.js';
import './gap.enums.js';
import { Gap } from './gap.entity.js';
import { GapReason, GapStatus, LONGEST_NOTE } from './gap.rules.js';

export const GapConnection = connectionOf(Gap, 'gaps');
export type GapConnection = InstanceType<typeof GapConnection>;

@InputType({
  description: 'Which gaps. Within a list any one suffices, an empty list is as if left out; all fields must hold.',
})
export class GapFilter {
  @Field(() => [GapStatus], { nullable: true, description: 'At one of these.' })
  statuses?: GapStatus[] | null;

  @Field(() => [GapReason], { nullable: true, description: 'For one of these reasons.' })
  reasons?: GapReason[] | null;

  @Field(() => ID, { nullable: true, description: 'Code of a category; everything below it counts too.' })
  category?: string | null;

  @Field(() => MunicipalityKey, { nullable: true, description: 'Where the clients live.' })
  municipality?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Not before the month of this day.' })
  from?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Not after the month of this day.' })
  until?: string | null;
}

@ArgsType()
export class GapsArgs extends PageArgs {
  @Field(() => String, { description: 'Slug of a network that you coordinate.' })
  network!: string;

  @Field(() => GapFilter, { nullable: true, description: 'All when left out.' })
  filter?: GapFilter | null;
}

@InputType({ description: 'Left out = unchanged; null = emptied, where that is allowed.' })
export class GapUpdateInput {
  @Field(() => GapStatus, { nullable: true, description: 'What is done about it; cannot be emptied.' })
  status?: GapStatus | null;

  @Extensions({ maxLength: LONGEST_NOTE })
  @Field(() => String, { nullable: true, description: 'Up to 1,000 characters, never about a person.' })
  note?: string | null;
}
