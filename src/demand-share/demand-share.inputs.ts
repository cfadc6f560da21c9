import { Field, Float, ID, InputType } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';

@InputType({ description: 'A share of those who receive benefits. It takes the place of the one with the same code.' })
export class DemandShareInput {
  @Field(() => ID, { description: 'Stable code, lower case with hyphens.' })
  code!: string;

  @Field(() => String, { description: 'Who they are, in German.' })
  nameDe!: string;

  @Field(() => String, { description: 'Who they are, in English.' })
  nameEn!: string;

  @Field(() => Float, { description: 'Above 0, to 1.' })
  share!: number;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'It is so much at least.' })
  isFloor?: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of the needs that these people have.' })
  needs?: string[] | null;

  @Field(() => String, { description: 'Who says so.' })
  source!: string;

  @Field(() => GraphQLLocalDate, { description: 'Of when it is; not in the future.' })
  asOf!: string;
}
