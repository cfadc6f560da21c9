import { Check, Entity, Index, ManyToOne, OneToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Service } from '../service/service.entity.js';
import { cents, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { Cents, GraphQLLocalDate } from '../shared/scalars.js';
import { Programme } from './programme.entity.js';
import type { ToldCounts } from './programme.rules.js';

@ObjectType({
  implements: Node,
  description:
    'A run of a programme (Durchlauf). Whoever is accepted by one of its services within the intake window is a participant. Each day of a service belongs to one round of all programmes; once a round has been counted, for ever.',
})
@Entity({ tableName: 'programme_round' })
@Unique({ properties: ['programme', 'number'] })
@Check({ name: 'programme_round_period', expression: 'ends_on >= starts_on' })
@Check({ name: 'programme_round_intake', expression: 'intake_until >= intake_from' })
@Check({
  name: 'programme_round_numbers',
  expression:
    'number >= 1 and places >= 0 and participants_elsewhere >= 0 and (participants_elsewhere = 0 or elsewhere_source is not null)',
})
export class ProgrammeRound extends Node {
  [OptionalProps]?: 'participantsElsewhere' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Programme, { ref: true })
  programme!: Ref<Programme>;

  @Field(() => Int, { description: 'Which run it is, from 1.' })
  @Property({ type: 'integer' })
  number!: number;

  @Field(() => GraphQLLocalDate, { name: 'from', description: 'Its first day.' })
  @Property({ type: 'date' })
  startsOn!: string;

  @Field(() => GraphQLLocalDate, { name: 'until', nullable: true, description: 'Its last day; null: it goes on.' })
  @Property({ type: 'date', nullable: true })
  endsOn!: string | null;

  @Field(() => GraphQLLocalDate, { description: 'The first day on which it takes people.' })
  @Property({ type: 'date' })
  intakeFrom!: string;

  @Field(() => GraphQLLocalDate, { description: 'The last day on which it takes people.' })
  @Property({ type: 'date' })
  intakeUntil!: string;

  @Field(() => Int, { description: 'For how many people it is.' })
  @Property({ type: 'integer' })
  places!: number;

  @Field(() => Int, { description: 'People who took part by other ways than referrals of this hub, as reported.' })
  @Property({ type: 'integer', default: 0 })
  participantsElsewhere!: number;

  @Field(() => String, { nullable: true, description: 'Who reported these.' })
  @Property({ type: 'text', nullable: true })
  elsewhereSource!: string | null;

  /** It is counted on a later day only. */
  @Property({ type: 'date' })
  enteredOn!: string;

  @Property({ type: 'integer', version: true })
  version!: number;
}

@Entity({ tableName: 'programme_round_service' })
export class ProgrammeRoundService {
  [PrimaryKeyProp]?: ['round', 'service'];

  @ManyToOne(() => ProgrammeRound, { primary: true, ref: true, deleteRule: 'cascade' })
  round!: Ref<ProgrammeRound>;

  @ManyToOne(() => Service, { primary: true, ref: true, index: true })
  service!: Ref<Service>;
}

/** A field of work, by its code of the KldB 2010. */
@Entity({ tableName: 'programme_round_field' })
export class ProgrammeRoundField {
  [PrimaryKeyProp]?: ['round', 'occupation'];

  @ManyToOne(() => ProgrammeRound, { primary: true, ref: true, deleteRule: 'cascade' })
  round!: Ref<ProgrammeRound>;

  @PrimaryKey({ type: 'text' })
  occupation!: string;
}

@ObjectType({ description: 'What was paid in a month of a round, and for how many places.' })
@Entity({ tableName: 'programme_round_month' })
@Index({
  name: 'programme_round_month_once',
  expression:
    'create unique index programme_round_month_once on programme_round_month (round_id, month, service_id) nulls not distinct',
})
@Check({ name: 'programme_round_month_first', expression: 'extract(day from month) = 1' })
@Check({
  name: 'programme_round_month_numbers',
  expression: 'places >= 0 and benefit_cents >= 0 and subsidy_cents >= 0 and coaching_minutes >= 0',
})
export class ProgrammeRoundMonth {
  [OptionalProps]?: 'version';

  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => ProgrammeRound, { ref: true })
  round!: Ref<ProgrammeRound>;

  @ManyToOne(() => Service, { ref: true, index: true, nullable: true })
  service!: Ref<Service> | null;

  @Field(() => GraphQLLocalDate, { description: 'The first day of the month.' })
  @Property({ type: 'date' })
  month!: string;

  @Field(() => Int, { description: 'Places that were taken.' })
  @Property({ type: 'integer' })
  places!: number;

  @Field(() => Cents, {
    description: 'Benefit money that was turned into wage subsidy (passive Leistungen als Lohnkostenzuschuss).',
  })
  @Property(cents())
  benefitCents!: number;

  @Field(() => Cents, { description: 'Subsidy from the money of the programme.' })
  @Property(cents())
  subsidyCents!: number;

  @Field(() => Int, { description: 'Coaching beside the job, in minutes.' })
  @Property({ type: 'integer' })
  coachingMinutes!: number;

  @Property({ type: 'integer', version: true })
  version!: number;
}

/** What is told of a round: counted once a month by the clock, small numbers left out before they are stored. */
@Entity({ tableName: 'programme_round_figures' })
export class ProgrammeRoundFigures {
  [PrimaryKeyProp]?: 'round';
  [OptionalProps]?: 'revision';

  @OneToOne(() => ProgrammeRound, { primary: true, ref: true, deleteRule: 'cascade' })
  round!: Ref<ProgrammeRound>;

  @Property({ type: 'date' })
  asOf!: string;

  @Property({ type: 'integer', nullable: true })
  participants!: number | null;

  @Property({ type: 'integer', nullable: true })
  started!: number | null;

  @Property({ type: 'integer', nullable: true })
  completed!: number | null;

  @Property({ type: 'integer', nullable: true })
  aborted!: number | null;

  @Property({ type: 'integer', nullable: true })
  employed!: number | null;

  @Property({ type: 'integer', nullable: true })
  sustained!: number | null;

  /** What each was when it was told last, also where it is withheld now. */
  @Property({ type: 'json' })
  lastTold!: ToldCounts;

  @Property({ type: 'integer', version: true })
  revision!: number;
}
