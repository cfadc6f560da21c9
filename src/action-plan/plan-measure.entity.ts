import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Category } from '../category/category.entity.js';
import '../confirmation/freshness-subject.enums.js';
import { FreshnessSubject } from '../confirmation/freshness-subject.rules.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import '../referral/referral.enums.js';
import { ReferralOutcome } from '../referral/referral-reasons.rules.js';
import { Service } from '../service/service.entity.js';
import { jsonList, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { TrainingTopic } from '../training/training-topic.entity.js';
import { ActionPlan } from './action-plan.entity.js';
import './action-plan.enums.js';
import { MeasureField, MeasureIndicator, MeasureStatus, MeasureUnit } from './action-plan.rules.js';
import type { Drops, Pause } from './measure-drop.rules.js';

/** SQL: what an indicator is asked with. As `PARAMETERS_OF` of the rules. */
const PARAMETERS = `case indicator
  when 'MANUAL' then num_nonnulls(topic, category_code, outcome, subject, since) = 0
  when 'STAFF_TRAINED' then topic is not null and num_nonnulls(category_code, outcome, subject, since) = 0
  when 'SITES_ASSESSED' then since is not null and num_nonnulls(topic, category_code, outcome, subject) = 0
  when 'REFERRALS_WITH_OUTCOME' then outcome <> 'NO_DETAIL' and outcome is not null and num_nonnulls(topic, subject, since) = 0
  when 'FRESHNESS' then subject is not null and num_nonnulls(topic, category_code, outcome, since) = 0
  else category_code is not null and num_nonnulls(topic, outcome, subject, since) = 0 end`;

@ObjectType({
  implements: Node,
  description: 'One measure of an action plan (Maßnahme): who does what until when, and how far it is.',
})
@Entity({ tableName: 'plan_measure' })
@Index({ properties: ['plan', 'position', 'id'] })
@Index({ properties: ['network', 'dueOn', 'id'] })
@Check({ name: 'plan_measure_period', expression: 'due_on > starts_on' })
@Check({
  name: 'plan_measure_target',
  expression: `target <> baseline and target >= 0 and baseline >= 0 and (unit <> 'PERCENT' or target <= 100 and baseline <= 100)`,
})
@Check({ name: 'plan_measure_dropped', expression: `(status = 'DROPPED') = (dropped_on is not null)` })
@Check({ name: 'plan_measure_parameters', expression: PARAMETERS })
export class PlanMeasure extends Node implements Drops {
  [OptionalProps]?: 'pauses' | 'status' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => ActionPlan, { ref: true })
  plan!: Ref<ActionPlan>;

  /** The plan's, repeated for keys and lists. */
  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @Property({ type: 'integer' })
  position!: number;

  @Field(() => MeasureField, { description: 'What it is about.' })
  @Enum({ items: () => MeasureField, type: 'text' })
  field!: MeasureField;

  @Field(() => String, { description: 'As people call it.' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What is done.' })
  @Property({ type: 'text', nullable: true })
  description!: string | null;

  @Field(() => String, { description: 'Who answers for it: a function, never a person.' })
  @Property({ type: 'text' })
  owner!: string;

  @ManyToOne(() => Partner, { ref: true, nullable: true, index: true })
  partner!: Ref<Partner> | null;

  /** Codes of needs. */
  @Property(textArray())
  needs!: string[];

  @Field(() => GraphQLLocalDate, { description: 'When it begins, at the baseline.' })
  @Property({ type: 'date' })
  startsOn!: string;

  @Field(() => GraphQLLocalDate, { description: 'When the target is to be reached (Termin).' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => MeasureStatus, { description: 'What is done about it.' })
  @Enum({ items: () => MeasureStatus, type: 'text', default: MeasureStatus.PLANNED })
  status!: MeasureStatus;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Since when it is given up; null = it is not.' })
  @Property({ type: 'date', nullable: true })
  droppedOn!: string | null;

  /** When it was given up before. */
  @Property(jsonList())
  pauses!: Pause[];

  @Field(() => MeasureUnit, { description: 'In what baseline, target and readings are counted.' })
  @Enum({ items: () => MeasureUnit, type: 'text' })
  unit!: MeasureUnit;

  @Field(() => Float, { description: 'Where it stood at the beginning.' })
  @Property({ type: 'double' })
  baseline!: number;

  @Field(() => Float, { description: 'Where it is to stand at the due day.' })
  @Property({ type: 'double' })
  target!: number;

  @Field(() => MeasureIndicator, { description: 'What tells how far it is.' })
  @Enum({ items: () => MeasureIndicator, type: 'text' })
  indicator!: MeasureIndicator;

  @ManyToOne(() => TrainingTopic, { ref: true, nullable: true, index: true, fieldName: 'topic' })
  topic!: Ref<TrainingTopic> | null;

  @ManyToOne(() => Category, { ref: true, nullable: true, index: true })
  category!: Ref<Category> | null;

  @Field(() => ReferralOutcome, { nullable: true, description: 'Of REFERRALS_WITH_OUTCOME: which outcome.' })
  @Enum({ items: () => ReferralOutcome, type: 'text', nullable: true })
  outcome!: ReferralOutcome | null;

  @Field(() => FreshnessSubject, { nullable: true, description: 'Of FRESHNESS: whose freshness.' })
  @Enum({ items: () => FreshnessSubject, type: 'text', nullable: true })
  subject!: FreshnessSubject | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Of SITES_ASSESSED: assessments since this day.' })
  @Property({ type: 'date', nullable: true })
  since!: string | null;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}

@Entity({ tableName: 'plan_measure_service' })
export class PlanMeasureService {
  [PrimaryKeyProp]?: ['measure', 'service'];

  @ManyToOne(() => PlanMeasure, { primary: true, ref: true, deleteRule: 'cascade' })
  measure!: Ref<PlanMeasure>;

  @ManyToOne(() => Service, { primary: true, ref: true, index: true, deleteRule: 'cascade' })
  service!: Ref<Service>;
}
