import { Check, Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Referral } from '../referral/referral.entity.js';
import { onCase } from '../referral/referral-disclosure.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { among, networkWall, systemPolicy } from '../shared/policies.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import type { FollowUpMonths } from './referral-follow-up.rules.js';

/** SQL: for the measure of the network, never one by one. */
const coordinated = among('network_id', 'app.coordinated');

@ObjectType({
  description: 'The question, months after it, whether a client who found work still is in work (Nachfrage).',
})
@Entity({
  tableName: 'referral_follow_up',
  rowLevelSecurity: 'force',
  policies: [
    networkWall,
    { name: 'on_case', using: onCase },
    { name: 'coordinated', using: coordinated },
    systemPolicy,
  ],
})
@Index({ properties: ['referral', 'months'] })
@Index({ properties: ['clockAt'] })
@Index({
  name: 'referral_follow_up_unanswered',
  expression:
    'create index referral_follow_up_unanswered on referral_follow_up (network_id, referral_id) where clock_at is null and recorded_at is null and voided_at is null',
})
@Check({ name: 'referral_follow_up_months', expression: 'months in (3, 6)' })
@Check({ name: 'referral_follow_up_answer', expression: '(recorded_at is null) = (still_employed is null)' })
@Check({
  name: 'referral_follow_up_details',
  expression: 'coalesce(still_employed, false) or num_nonnulls(subsidised, subject_to_social_insurance) = 0',
})
export class ReferralFollowUp {
  [OptionalProps]?: 'recordedAt' | 'stillEmployed' | 'subsidised' | 'subjectToSocialInsurance' | 'voidedAt' | 'version';

  @Field(() => ID, { description: 'UUID.' })
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Referral, { ref: true, deleteRule: 'cascade' })
  referral!: Ref<Referral>;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @Field(() => Int, { description: 'How many months after the completion: 3 or 6.' })
  @Property({ type: 'integer' })
  months!: FollowUpMonths;

  @Field(() => GraphQLLocalDate, { description: 'The day from which on it can be answered.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was first answered; null: not yet.' })
  @Property({ ...moment(), nullable: true })
  recordedAt!: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'In work on that day, with whichever employer.' })
  @Property({ type: 'boolean', nullable: true })
  stillEmployed!: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Publicly subsidised; null where that is not known.' })
  @Property({ type: 'boolean', nullable: true })
  subsidised!: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Subject to social insurance (sozialversicherungspflichtig); null where that is not known.',
  })
  @Property({ type: 'boolean', nullable: true })
  subjectToSocialInsurance!: boolean | null;

  /** The referral was reopened, or should never have been. */
  @Property({ ...moment(), nullable: true })
  voidedAt!: Date | null;

  /** When the time brings the next thing: the notice to the caseworker, then the escalation. Null: nothing any more. */
  @Property({ ...moment(), nullable: true })
  clockAt!: Date | null;

  @Field(() => Int, { description: 'Goes up with every change; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}
