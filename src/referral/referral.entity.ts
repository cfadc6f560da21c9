import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, ObjectType } from 'type-graphql';
import { ClientCase, ofOwnCase } from '../client-case/client-case.entity.js';
import { Consent } from '../consent/consent.entity.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { moment, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { among, networkWall, systemPolicy } from '../shared/policies.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import { DisclosureBasis, type Party, ReferralStatus } from './referral.rules.js';
import { Attribution, CancelReason, DeclineReason, ReferralOutcome } from './referral-reasons.rules.js';

/** SQL: sent to a partner of the viewer, or sent in a network that the viewer coordinates. */
const addressed = `sent_at is not null and ${among('partner_id', 'app.partners')}`;
const coordinated = `sent_at is not null and ${among('network_id', 'app.coordinated')}`;

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
    networkWall,
    { name: 'on_case', using: ofOwnCase },
    { name: 'addressed', using: addressed },
    { name: 'coordinated', using: coordinated },
    systemPolicy,
  ],
})
@Unique({ properties: ['id', 'network'] })
@Index({ properties: ['network', 'createdAt', 'id'] })
@Index({ properties: ['partner', 'createdAt', 'id'] })
@Index({ properties: ['clientCase', 'createdAt', 'id'] })
@Index({ properties: ['service', 'status'] })
export class Referral extends Node {
  [OptionalProps]?:
    | 'status'
    | 'version'
    | 'seenStatus'
    | 'seenVersion'
    | 'holdsPlace'
    | 'createdAt'
    | 'updatedAt'
    | 'seenUpdatedAt'
    | 'revision'
    | 'parties';

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

  @Field(() => DisclosureBasis, { description: 'Why data may go to the partner.' })
  @Enum({ items: () => DisclosureBasis, type: 'text' })
  basis!: DisclosureBasis;

  /** What it rests on, from the sending on, where the basis is consent. */
  @ManyToOne(() => Consent, { ref: true, index: true, nullable: true })
  consent!: Ref<Consent> | null;

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

  @Property({ ...moment(), nullable: true })
  waitlistedAt!: Date | null;

  /** Why somebody who waited longer was passed over. */
  @Property({ type: 'text', nullable: true })
  outOfOrderReason!: string | null;

  @Property({ ...moment(), nullable: true })
  scheduledAt!: Date | null;

  @Property({ type: 'date', nullable: true })
  startedOn!: string | null;

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

  @Enum({ items: () => Attribution, type: 'text', nullable: true })
  attribution!: Attribution | null;

  @Enum({ items: () => ReferralOutcome, type: 'text', nullable: true })
  outcome!: ReferralOutcome | null;

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
}
