import { Field, ObjectType } from 'type-graphql';
import type { JsonValue } from '../record/record.rules.js';
import { FieldValue } from '../shared/field-value.js';
import type { Bilingual } from '../shared/texts.rules.js';

@ObjectType({ description: 'One field of a record that is to change, or has changed: what it was, is and is to be.' })
export class FieldDiff {
  @Field(() => String, { description: 'Name of the field, as in the inputs.' })
  field!: string;

  spec!: Bilingual;

  @Field(() => FieldValue, {
    nullable: true,
    description: 'Before the change; of a proposal, when it was made. Null: empty.',
  })
  before!: JsonValue;

  @Field(() => FieldValue, {
    nullable: true,
    description: 'Of a proposal, now; null: empty, or decided already, or not for you any more. Null in the history.',
  })
  current!: JsonValue;

  @Field(() => FieldValue, { nullable: true, description: 'After the change. Null: empty.' })
  after!: JsonValue;
}
