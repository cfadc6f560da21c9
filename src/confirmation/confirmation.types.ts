import { Field, ObjectType } from 'type-graphql';
import { FieldGroup } from '../record/record.rules.js';
import { Freshness } from '../shared/freshness.rules.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import './confirmation.enums.js';

@ObjectType({ description: 'How fresh a group of fields of a record is.' })
export class GroupFreshness {
  @Field(() => FieldGroup, { description: 'Which fields.' })
  group!: FieldGroup;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When somebody last said that they are right.' })
  confirmedAt!: Date | null;

  @Field(() => Freshness, { description: 'How old that is.' })
  freshness!: Freshness;
}
