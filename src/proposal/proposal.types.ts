import { Field, ObjectType } from 'type-graphql';
import type { FieldSpec, JsonValue } from '../record/record.rules.js';
import { FieldValue } from '../shared/field-value.js';

@ObjectType({ description: 'One field of a record that is to change: what it was, is and is to be.' })
export class FieldDiff {
  @Field(() => String, { description: 'Name of the field, as in the inputs.' })
  field!: string;

  spec!: FieldSpec;

  @Field(() => FieldValue, { nullable: true, description: 'When it was proposed; null: empty.' })
  before!: JsonValue;

  @Field(() => FieldValue, {
    nullable: true,
    description: 'Now; null: empty, or decided already, or not for you any more.',
  })
  current!: JsonValue;

  @Field(() => FieldValue, { nullable: true, description: 'As proposed; null: empty.' })
  after!: JsonValue;
}
