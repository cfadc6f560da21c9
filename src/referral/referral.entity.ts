import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, ObjectType } from 'type-graphql';
import { ClientCase, ofOwnCase } from '../client-case/client-case.entity.js';
import { Consent } from '../consent/consent.entity.js';
import { Gap } from '../gap/gap.entity.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { ServiceWaiting } from '../service/service-waiting.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { among, referralWall, systemPolicy } from '../shared/policies.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import { SharingAgreement } from '../sharing/sharing-agreement.entity.js';
import { DisclosureBasis, OPEN, type Party, ReferralStatus } from './referral.rules.js';
import {
  AbortReason,
  Attribution,
  CancelReason,
  DeclineReason,
  HoldReason,
  ReferralOutcome,
} from './referral-reasons.rules.js';

/** SQL: sent to a partner of the viewer, or sent in a network that the viewer coordinates. */
const addressed = `sent_at is not null and ${among('partner_id', 'app.partners')}`;
const coordinated = `sent_at is not null and ${among('network_id', 'app.coordinated')}`;

/**
 * SQL, for a table that hangs on a referral: the viewer may see that one. Looked up by its key; `in (select …)` would go
 * through all referrals for each statement.
 */
export const ofReferral = '(select true from referral r where r.id = referral_id)';

/** SQL: is it between the sending and any end? */
const isOpen = `status in (${OPEN.map(status => `'${status}'`).join(', ')})`;

/** What only later steps fill. */
type Later =
  | 'siblingGroup'
  | 'parent'
  | 'acceptedAt'
  | 'answeredAt'
  | 'pausedAt'
  | 'pausedRespondBy'
  | 'reconfirmBy'
  | 'waiting'
  | 'holdReason'
  | 'holdText'
  | 'resumeOn'
  | 'abortReason'
  | 'abortText'
  | 'errorReason'
  | 'escalatedAt'
  | 'seenEscalatedAt'
  | 'clockStage'
  | 'clockAt'
  | 'basisEndsAt';

/**
 * Each side reads its own column of what happened: the partner and the coordinator the plain ones, the caseworker those
 * that begin with `seen`, which the feedback level holds back. `version` and `updatedAt` are the partner's too.
 */
@ObjectType({
  implements: Node,
  description:
    "One case offered to one service (Vermittlung). What its service's feedback level hides looks like the last visible status.",
})
@Entity({
  tableName: 'referral',
  rowLevelSecurity: 'force',
  policies: [
    referralWall,
    { name: 'on_case', using: ofOwnCase },
    { name: 'addressed', using: addressed },
    { name: 'coordinated', using: coordinated },
    systemPolicy,
  ],
})
@Unique({ properties: ['id', 'network'] })
@Unique({ properties: ['id', 'clientCase'] })
@Index({ properties: ['network', 'createdAt', 'id'] })
@Index({ properties: ['partner', 'createdAt', 'id'] })
@Index({ properties: ['clientCase', 'createdAt', 'id'] })
@Index({ properties: ['service', 'status'] })
@Index({ properties: ['siblingGroup'] })
@Index({
  name: 'referral_one_accepted_sibling',
  expression: `create unique index referral_one_accepted_sibling on referral (sibling_group) where status in ('ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD')`,
})
@Index({
  name: 'referral_open_of_partner',
  expression: `create index referral_open_of_partner on referral (partner_id, status) where ${isOpen}`,
})
@Index({
  name: 'referral_open_of_network',
  expression: `create index referral_open_of_network on referral (network_id, status, updated_at) where ${isOpen}`,
})
@Index({
  name: 'referral_escalated',
  expression: 'create index referral_escalated on referral (network_id, escalated_at) where escalated_at is not null',
})
@Check({
  name: 'referral_giver_shares',
  expression: 'num_nonnulls(shared_under_id, giver_network_id) <> 1 and giver_network_id is distinct from network_id',
})
@Index({ properties: ['clockAt'] })
@Index({ properties: ['basisEndsAt'] })
export class Referral extends Node {
  [OptionalProps]?:
    | Later
    | 'urgent'
    | 'lineageDepth'
    | 'status'
    | 'version'
    | 'seenStatus'
    | 'seenVersion'
    | 'holdsPlace'
    | 'createdAt'
    | 'updatedAt'
    | 'seenUpdatedAt'
    | 'revision'
    | 'gap'
    | 'sharedUnder'
    | 'giverNetwork'
    | 'serviceNetwork'
    | 'parties'
    | 'caseClosed';

  @PrimaryKey(uuid())
  override id!: string;

  /** The network of the case. */
  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @ManyToOne(() => ClientCase, { ref: true })
  clientCase!: Ref<ClientCase>;

  @ManyToOne(() => Service, { ref: true })
  service!: Ref<Service>;

  @ManyToOne(() => Partner, { ref: true })
  partner!: Ref<Partner>;

  /** The agreement on which it rests, where the service is of another network than the case. */
  @ManyToOne(() => SharingAgreement, { ref: true, index: true, nullable: true })
  sharedUnder!: Ref<SharingAgreement> | null;

  /** The network of the service, where it is another one than the case's. */
  @ManyToOne(() => Network, { ref: true, index: true, nullable: true })
  giverNetwork!: Ref<Network> | null;

  /** For the key that holds the service to it. */
  @Property({
    type: 'uuid',
    nullable: true,
    fieldName: 'service_network_id',
    generated: '(coalesce(giver_network_id, network_id)) stored',
    lazy: true,
  })
  serviceNetwork!: string;

  @Field(() => DisclosureBasis, { description: 'Why data may go to the partner.' })
  @Enum({ items: () => DisclosureBasis, type: 'text' })
  basis!: DisclosureBasis;

  /** What it rests on, from the sending on, where the basis is consent. */
  @ManyToOne(() => Consent, { ref: true, index: true, nullable: true })
  consent!: Ref<Consent> | null;

  @Field(() => Boolean, { description: 'Whether it cannot wait: it goes before others on a waiting list.' })
  @Property({ type: 'boolean', default: false })
  urgent!: boolean;

  /** Shared by those that offer one case to several services at once: the first acceptance cancels the others. */
  @Property({ type: 'uuid', nullable: true })
  siblingGroup!: string | null;

  /** The one that came to nothing before, if the case was referred on. */
  @ManyToOne(() => Referral, { ref: true, index: true, nullable: true })
  parent!: Ref<Referral> | null;

  /** How many came before it. */
  @Property({ type: 'integer', default: 0 })
  lineageDepth!: number;

  /** The service's, as of the sending: what holds for this client does not change later. */
  @Enum({ items: () => FeedbackLevel, type: 'text' })
  feedbackLevel!: FeedbackLevel;

  @Enum({ items: () => ReferralStatus, type: 'text', default: ReferralStatus.DRAFT })
  status!: ReferralStatus;

  @Enum({ items: () => ReferralStatus, type: 'text', default: ReferralStatus.DRAFT })
  seenStatus!: ReferralStatus;

  @Property({ type: 'integer', default: 1 })
  version!: number;

  @Property({ type: 'integer', default: 1 })
  seenVersion!: number;

  @Property({ ...moment(), nullable: true })
  respondBy!: Date | null;

  @Property({ ...moment(), nullable: true })
  seenRespondBy!: Date | null;

  @Property({ ...moment(), nullable: true })
  sentAt!: Date | null;

  /** The first decision after the sending. */
  @Property({ ...moment(), nullable: true })
  answeredAt!: Date | null;

  @Property({ ...moment(), nullable: true })
  acceptedAt!: Date | null;

  /** While a question waits for its answer: since when the partner's clock stands, and what it stood at. */
  @Property({ ...moment(), nullable: true })
  pausedAt!: Date | null;

  @Property({ ...moment(), nullable: true })
  pausedRespondBy!: Date | null;

  @Property({ ...moment(), nullable: true })
  waitlistedAt!: Date | null;

  /** Its place on the service's waiting list, while it is WAITLISTED. */
  @ManyToOne(() => ServiceWaiting, { ref: true, index: true, nullable: true })
  waiting!: Ref<ServiceWaiting> | null;

  /** By when somebody has to say that the client still waits. */
  @Property({ ...moment(), nullable: true })
  reconfirmBy!: Date | null;

  /** Why somebody who waited longer was passed over. */
  @Property({ type: 'text', nullable: true })
  outOfOrderReason!: string | null;

  @Property({ ...moment(), nullable: true })
  scheduledAt!: Date | null;

  @Property({ type: 'date', nullable: true })
  startedOn!: string | null;

  @Enum({ items: () => HoldReason, type: 'text', nullable: true })
  holdReason!: HoldReason | null;

  @Property({ type: 'text', nullable: true })
  holdText!: string | null;

  @Property({ type: 'date', nullable: true })
  resumeOn!: string | null;

  @Property({ ...moment(), nullable: true })
  endedAt!: Date | null;

  @Property({ type: 'boolean', default: false })
  holdsPlace!: boolean;

  @Enum({ items: () => DeclineReason, type: 'text', nullable: true })
  declineReason!: DeclineReason | null;

  @Property({ type: 'text', nullable: true })
  declineText!: string | null;

  @Enum({ items: () => CancelReason, type: 'text', nullable: true })
  cancelReason!: CancelReason | null;

  @Property({ type: 'text', nullable: true })
  cancelText!: string | null;

  @Enum({ items: () => AbortReason, type: 'text', nullable: true })
  abortReason!: AbortReason | null;

  @Property({ type: 'text', nullable: true })
  abortText!: string | null;

  @Property({ type: 'text', nullable: true })
  errorReason!: string | null;

  @Enum({ items: () => Attribution, type: 'text', nullable: true })
  attribution!: Attribution | null;

  @Enum({ items: () => ReferralOutcome, type: 'text', nullable: true })
  outcome!: ReferralOutcome | null;

  /** When the coordinator was told that nobody did anything; null again with the next step. */
  @Property({ ...moment(), nullable: true })
  escalatedAt!: Date | null;

  @Property({ ...moment(), nullable: true })
  seenEscalatedAt!: Date | null;

  /** What the clock does next where nobody does anything: the stage of this status, and when. */
  @Property({ type: 'integer', nullable: true })
  clockStage!: number | null;

  @Property({ ...moment(), nullable: true })
  clockAt!: Date | null;

  /** When the consent that it rests on ends; null once it ended for both sides. */
  @Property({ ...moment(), nullable: true })
  basisEndsAt!: Date | null;

  /** Where its end was counted, to be taken back where it was entered in error. */
  @ManyToOne(() => Gap, { ref: true, index: true, nullable: true })
  gap!: Ref<Gap> | null;

  @Field(() => GraphQLDateTime, { description: 'When it was drafted.' })
  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;

  @Property({ ...moment(), defaultRaw: 'now()' })
  updatedAt!: Date;

  @Property({ ...moment(), defaultRaw: 'now()' })
  seenUpdatedAt!: Date;

  /** Guards every write, shown to nobody: a step that one side must not see changes it too. */
  @Property({ type: 'integer', version: true })
  revision!: number;

  /** On which sides the viewer stands; filled by whoever loads it. */
  @Property({ persist: false, type: 'unknown' })
  parties?: readonly Party[];

  /** Is its case closed, where the viewer works on it? Filled with the parties. */
  @Property({ persist: false, type: 'unknown' })
  caseClosed?: boolean;
}
