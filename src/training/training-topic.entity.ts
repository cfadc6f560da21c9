import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { textArray } from '../shared/columns.js';

@ObjectType({ description: 'What staff are trained in and know about (Schulungsthema). Reference data.' })
@Entity({ tableName: 'training_topic' })
@Check({ name: 'training_topic_refresh', expression: 'refresh_months > 0' })
export class TrainingTopic {
  [PrimaryKeyProp]?: 'code';

  @Field(() => ID, { description: 'Stable code, lower case with hyphens.' })
  @PrimaryKey({ type: 'text' })
  code!: string;

  @Property({ type: 'text' })
  nameDe!: string;

  @Property({ type: 'text' })
  nameEn!: string;

  /** Codes of needs that it is about. */
  @Property(textArray())
  needs!: string[];

  @Field(() => Int, { nullable: true, description: 'A training counts for so many months; null: for good.' })
  @Property({ type: 'integer', nullable: true })
  refreshMonths!: number | null;

  @Property({ type: 'integer' })
  position!: number;
}
