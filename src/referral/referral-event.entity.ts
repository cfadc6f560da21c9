import { Entity, Enum, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { referralWall, systemPolicy } from '../shared/policies.js';
import { ofReferral, Referral } from './referral.entity.js';
import { Party, ReferralStatus, ReferralStep } from './referral.rules.js';

/**
 * What happened to a referral. `from` and `to` are what the partner and the coordinator know, null where the caseworker
 * alone saw it; `seenFrom` and `seenTo` what the caseworker knows, null where the feedback level hides it.
 */
@Entity({
  tableName: 'referral_event',
  rowLevelSecurity: 'force',
  policies: [referralWall, { name: 'of_referral', using: ofReferral }, systemPolicy],
})
@Unique({ properties: ['referral', 'number'] })
export class ReferralEvent {
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Referral, { ref: true, deleteRule: 'cascade' })
  referral!: Ref<Referral>;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  /** Counts up with each event of the referral: two can fall into one millisecond. */
  @Property({ type: 'integer' })
  number!: number;

  /** Null for the creation. */
  @Enum({ items: () => ReferralStep, type: 'text', nullable: true })
  step!: ReferralStep | null;

  @Enum({ items: () => ReferralStatus, type: 'text', nullable: true, fieldName: 'from_status' })
  from!: ReferralStatus | null;

  @Enum({ items: () => ReferralStatus, type: 'text', nullable: true, fieldName: 'to_status' })
  to!: ReferralStatus | null;

  @Enum({ items: () => ReferralStatus, type: 'text', nullable: true })
  seenFrom!: ReferralStatus | null;

  @Enum({ items: () => ReferralStatus, type: 'text', nullable: true })
  seenTo!: ReferralStatus | null;

  @Property({ ...moment() })
  at!: Date;

  @Enum({ items: () => Party, type: 'text' })
  by!: Party;
}
