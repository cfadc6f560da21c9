import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { sortedName, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Team } from '../team/team.entity.js';

@ObjectType({
  implements: Node,
  description: 'A course for staff (Schulung), held in sessions. For caseworkers and coordinators of the network.',
})
@Entity({ tableName: 'training_course' })
@Check({ name: 'training_course_hours', expression: 'hours > 0' })
@Check({ name: 'training_course_topics', expression: 'cardinality(topics) > 0' })
@Unique({ properties: ['id', 'network'] })
@Index({ properties: ['network', 'title', 'id'] })
export class TrainingCourse extends Node {
  [OptionalProps]?: 'provider' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @Field(() => String, { description: 'What it is called.' })
  @Property(sortedName())
  title!: string;

  /** Codes of topics. */
  @Property(textArray())
  topics!: string[];

  /** Null where the Jobcenter holds it itself, or who does is no partner. */
  @ManyToOne(() => Partner, { ref: true, index: true, nullable: true })
  provider!: Ref<Partner> | null;

  @Field(() => Float, { description: 'How many hours one session of it has.' })
  @Property({ type: 'double' })
  hours!: number;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}

@ObjectType({ implements: Node, description: 'A course held once (Schulungstermin).' })
@Entity({ tableName: 'training_session' })
@Check({ name: 'training_session_days', expression: 'held_on <= held_until' })
@Check({ name: 'training_session_seats', expression: 'seats > 0' })
@Unique({ properties: ['id', 'network'] })
@Index({ properties: ['course', 'heldOn', 'id'] })
export class TrainingSession extends Node {
  [OptionalProps]?: 'seats' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  /** That of the course. */
  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @ManyToOne(() => TrainingCourse, { ref: true })
  course!: Ref<TrainingCourse>;

  @Field(() => GraphQLLocalDate, { description: 'Its first day.' })
  @Property({ type: 'date' })
  heldOn!: string;

  @Field(() => GraphQLLocalDate, { description: 'Its last day; who attended is trained from then on.' })
  @Property({ type: 'date' })
  heldUntil!: string;

  @Field(() => Int, { nullable: true, description: 'How many can attend; null: not limited.' })
  @Property({ type: 'integer', nullable: true })
  seats!: number | null;

  @Field(() => Int, { description: 'Goes up with every edit, of its attendance too; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}

@ObjectType({ description: 'How many of one team attended a session: counts, no names.' })
@Entity({ tableName: 'training_attendance' })
@Check({ name: 'training_attendance_counts', expression: '0 <= first_time and first_time <= attended' })
export class TrainingAttendance {
  [PrimaryKeyProp]?: ['session', 'team'];

  @ManyToOne(() => TrainingSession, { primary: true, ref: true })
  session!: Ref<TrainingSession>;

  @ManyToOne(() => Team, { primary: true, ref: true, index: true })
  team!: Ref<Team>;

  /** That of the session, and of the team. */
  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @Field(() => Int, { description: 'How many were there.' })
  @Property({ type: 'integer' })
  attended!: number;

  @Field(() => Int, { description: 'How many of them for the first time ever; the others refresh what they know.' })
  @Property({ type: 'integer' })
  firstTime!: number;
}
