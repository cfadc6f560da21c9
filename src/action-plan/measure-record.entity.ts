import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Field, Float, ID, ObjectType } from 'type-graphql';
import { moment, uuid } from '../shared/columns.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import './action-plan.enums.js';
import { ReadingSource, ReviewDecision } from './action-plan.rules.js';
import { PlanMeasure } from './plan-measure.entity.js';

@ObjectType({ description: 'How far a measure was on a day (Stand).' })
@Entity({ tableName: 'measure_reading' })
@Unique({ properties: ['measure', 'readOn'] })
@Check({ name: 'measure_reading_value', expression: `value >= 0 or value is null and source = 'MEASURED'` })
export class MeasureReading {
  @Field(() => ID, { description: 'UUID.' })
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => PlanMeasure, { ref: true })
  measure!: Ref<PlanMeasure>;

  @Field(() => GraphQLLocalDate, { description: 'Of which day; one a day.' })
  @Property({ type: 'date' })
  readOn!: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'In the unit of the measure; null where the hub could not measure it, or must not tell so small a count.',
  })
  @Property({ type: 'double', nullable: true })
  value!: number | null;

  @Field(() => ReadingSource, { description: 'Entered or measured.' })
  @Enum({ items: () => ReadingSource, type: 'text' })
  source!: ReadingSource;

  @Field(() => String, { nullable: true, description: 'Of who entered it, never about a person.' })
  @Property({ type: 'text', nullable: true })
  note!: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was entered or measured.' })
  @Property(moment())
  readAt!: Date;
}

@ObjectType({ description: 'A look back at a measure, and what was decided (Überprüfung).' })
@Entity({ tableName: 'measure_review' })
@Index({ properties: ['measure', 'reviewedOn', 'id'] })
@Check({ name: 'measure_review_next', expression: 'next_review_on > reviewed_on' })
@Check({ name: 'measure_review_before', expression: '(target_before is null) = (due_before is null)' })
export class MeasureReview {
  @Field(() => ID, { description: 'UUID.' })
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => PlanMeasure, { ref: true })
  measure!: Ref<PlanMeasure>;

  @Field(() => GraphQLLocalDate, { description: 'When.' })
  @Property({ type: 'date' })
  reviewedOn!: string;

  @Field(() => String, { description: 'What was found, never about a person.' })
  @Property({ type: 'text' })
  note!: string;

  @Field(() => ReviewDecision, { description: 'What was decided.' })
  @Enum({ items: () => ReviewDecision, type: 'text' })
  decision!: ReviewDecision;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When the next one is to be; null = none is planned.' })
  @Property({ type: 'date', nullable: true })
  nextReviewOn!: string | null;

  @Field(() => Float, { nullable: true, description: 'With ADJUST: the target until then.' })
  @Property({ type: 'double', nullable: true })
  targetBefore!: number | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'With ADJUST: the due day until then.' })
  @Property({ type: 'date', nullable: true })
  dueBefore!: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was entered.' })
  @Property(moment())
  createdAt!: Date;
}
