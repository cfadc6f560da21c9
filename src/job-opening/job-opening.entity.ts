import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Location } from '../location/location.entity.js';
import { Need } from '../need/need.entity.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { moment, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLDateTime, GraphQLLocalDate, LanguageTag } from '../shared/scalars.js';
import './job-opening.enums.js';
import { JobOpeningStatus, PayPeriod } from './job-opening.rules.js';

@ObjectType({ implements: Node, description: 'A vacancy of a partner (Stellenangebot), by occupation.' })
@Entity({ tableName: 'job_opening' })
@Check({ name: 'job_opening_occupation_form', expression: `occupation ~ '^[0-9]{1,5}$'` })
@Check({ name: 'job_opening_positions', expression: 'positions > 0' })
@Index({ properties: ['network', 'createdAt', 'id'] })
@Index({ properties: ['partner', 'createdAt', 'id'] })
@Index({ properties: ['createdAt', 'id'] })
export class JobOpening extends Node {
  [OptionalProps]?: 'status' | 'positions' | 'version' | 'createdAt' | 'updatedAt';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Partner, { ref: true })
  partner!: Ref<Partner>;

  /** The partner's network, repeated for the lists of a network. */
  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @Field(() => String, { description: 'As the employer calls it.' })
  @Property({ type: 'text' })
  title!: string;

  /** Code of the KldB 2010. */
  @Property({ type: 'text', fieldName: 'occupation' })
  occupationCode!: string;

  @Field(() => String, { nullable: true, description: 'What is to be done, in the words of the employer.' })
  @Property({ type: 'text', nullable: true })
  description!: string | null;

  @Field(() => JobOpeningStatus, { description: 'Whether somebody is looked for.' })
  @Enum({ items: () => JobOpeningStatus, type: 'text', default: JobOpeningStatus.OPEN })
  status!: JobOpeningStatus;

  @Field(() => Int, { description: 'How many people are looked for.' })
  @Property({ type: 'integer', default: 1 })
  positions!: number;

  @Field(() => GraphQLLocalDate, { description: 'Listed up to and including this day.' })
  @Property({ type: 'date' })
  validUntil!: string;

  @Field(() => Float, { nullable: true, description: 'Hours a week, at least; null = not told.' })
  @Property({ type: 'double', nullable: true })
  hoursFrom!: number | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week, at most; null = not told.' })
  @Property({ type: 'double', nullable: true })
  hoursTo!: number | null;

  @Field(() => Int, { nullable: true, description: 'Gross pay in cents (euro), at least; null = not told.' })
  @Property({ type: 'integer', nullable: true })
  payFromCents!: number | null;

  @Field(() => Int, { nullable: true, description: 'Gross pay in cents (euro), at most; null = not told.' })
  @Property({ type: 'integer', nullable: true })
  payToCents!: number | null;

  @Field(() => PayPeriod, { nullable: true, description: 'What the pay is for; null where none is told.' })
  @Enum({ items: () => PayPeriod, type: 'text', nullable: true })
  payPer!: PayPeriod | null;

  @Field(() => String, { nullable: true, description: 'Collective agreement and grade: "TVöD-VKA, EG 2".' })
  @Property({ type: 'text', nullable: true })
  collectiveAgreement!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'First day of work; null = as soon as possible.' })
  @Property({ type: 'date', nullable: true })
  startsOn!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Last day of a fixed term; null = permanent.' })
  @Property({ type: 'date', nullable: true })
  fixedTermUntil!: string | null;

  @Field(() => String, { nullable: true, description: 'What somebody should bring along, and what need not be.' })
  @Property({ type: 'text', nullable: true })
  requirements!: string | null;

  @Field(() => [LanguageTag], { description: 'Spoken at work: any one of them suffices; empty = not told.' })
  @Property(textArray())
  languages!: string[];

  @ManyToOne(() => Location, { ref: true, index: true, nullable: true })
  location!: Ref<Location> | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When somebody last said that all of it is right.' })
  @Property({ ...moment(), nullable: true })
  confirmedAt!: Date | null;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was entered.' })
  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last edited.' })
  @Property({ ...moment(), defaultRaw: 'now()' })
  updatedAt!: Date;
}

@Entity({ tableName: 'job_opening_need' })
export class JobOpeningNeed {
  [PrimaryKeyProp]?: ['jobOpening', 'need'];

  @ManyToOne(() => JobOpening, { primary: true, ref: true, deleteRule: 'cascade' })
  jobOpening!: Ref<JobOpening>;

  @ManyToOne(() => Need, { primary: true, ref: true, index: true })
  need!: Ref<Need>;
}
