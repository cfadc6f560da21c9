import { Field, ObjectType } from 'type-graphql';
import { FieldGroup, type FieldSpec, type JsonValue, Origin } from '../record/record.rules.js';
import '../confirmation/confirmation.enums.js';
import '../record/record.enums.js';
import { FieldValue } from '../shared/field-value.js';
import { GraphQLDateTime } from '../shared/scalars.js';

@ObjectType({ description: 'Where the value of one field comes from (Herkunft).' })
export class FieldProvenance {
  spec!: FieldSpec;

  @Field(() => String, { description: 'Name of the field, as in the inputs.' })
  field!: string;

  @Field(() => FieldValue, { nullable: true, description: 'Its value. Null: empty, or part of a protected address.' })
  value!: JsonValue;

  @Field(() => GraphQLDateTime, { description: 'When the value came: with its last change, or with the record.' })
  since!: Date;

  @Field(() => Origin, { nullable: true, description: 'How it came; null for what was there before this was kept.' })
  origin!: Origin | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of an import, its name. For those who are signed in; null for others.',
  })
  source!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name of who it came from. For those who keep the record and coordinators; null for others.',
  })
  by!: string | null;

  @Field(() => FieldGroup, { description: 'What it is confirmed with.' })
  group!: FieldGroup;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When somebody last said that the group is right.' })
  confirmedAt!: Date | null;
}
