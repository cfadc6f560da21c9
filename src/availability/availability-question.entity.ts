import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Category } from '../category/category.entity.js';
import '../location/location.enums.js';
import { AccessibilityFeature } from '../location/location.rules.js';
import { Network } from '../network/network.entity.js';
import { moment, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { among, isViewer, referralWall, systemPolicy } from '../shared/policies.js';
import { GraphQLDateTime, LanguageTag } from '../shared/scalars.js';
import { Account } from '../viewer/account.entity.js';
import './availability.enums.js';
import { AgeGroup } from './availability.rules.js';

/** SQL: did the viewer ask it, as a caseworker of the network? Holds for a question and for its requests. */
export const asked = `${among('network_id', 'app.casework')} and ${isViewer('asked_by_id')}`;

/** SQL: does it lie in a network that the viewer coordinates? */
export const coordinated = among('network_id', 'app.coordinated');

/** SQL: did a request of it go to a partner of the viewer? */
const addressed = `exists (
  select from availability_request a where a.question_id = availability_question.id and ${among('a.partner_id', 'app.partners')})`;

// No case, no municipality, no need, no words of one's own: nothing here belongs to a person but to who asked.
@ObjectType({
  implements: Node,
  description:
    'A caseworker asks all fitting services at once: free in time, for this profile (Verfügbarkeitsanfrage)? No personal data, and no tie to a case or to a referral that follows.',
})
@Entity({
  tableName: 'availability_question',
  rowLevelSecurity: 'force',
  policies: [
    referralWall,
    { name: 'asked', using: asked },
    { name: 'addressed', using: addressed },
    { name: 'coordinated', using: coordinated },
    systemPolicy,
  ],
})
@Unique({ properties: ['id', 'network'] })
@Index({ properties: ['askedBy', 'askedAt', 'id'] })
@Check({ name: 'availability_question_within_days', expression: 'within_days between 1 and 90' })
export class AvailabilityQuestion extends Node {
  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  /** Told to nobody. */
  @ManyToOne(() => Account, { ref: true })
  askedBy!: Ref<Account>;

  @ManyToOne(() => Category, { ref: true, index: true })
  category!: Ref<Category>;

  @Field(() => [LanguageTag], { description: 'Any one of them suffices; empty = not asked.' })
  @Property(textArray())
  languages!: string[];

  @Field(() => AgeGroup, { nullable: true, description: 'Null = not asked.' })
  @Enum({ items: () => AgeGroup, type: 'text', nullable: true })
  ageGroup!: AgeGroup | null;

  @Field(() => [AccessibilityFeature], { description: 'Must all be there; empty = not asked.' })
  @Property(textArray())
  accessibility!: AccessibilityFeature[];

  @Field(() => Int, { description: 'Free within so many days after `askedAt`.' })
  @Property({ type: 'integer' })
  withinDays!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was asked.' })
  @Property(moment())
  askedAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'Answers are asked for until then: three working days.' })
  @Property(moment())
  answerBy!: Date;
}
