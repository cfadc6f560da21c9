import { Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { referralWall, systemPolicy } from '../shared/policies.js';
import { Referral } from './referral.entity.js';
import { ofDisclosed, onCase } from './referral-disclosure.entity.js';

/** What the partner asked before it decides, and the answer: may tell of the client, so it is read like the disclosure. */
@Entity({
  tableName: 'referral_question',
  rowLevelSecurity: 'force',
  policies: [
    referralWall,
    { name: 'on_case', using: onCase },
    { name: 'disclosed', using: ofDisclosed('referral_question') },
    systemPolicy,
  ],
})
@Unique({ properties: ['referral', 'askedAt'] })
export class ReferralQuestion {
  [OptionalProps]?: 'answer' | 'answeredAt' | 'revision';

  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Referral, { ref: true, deleteRule: 'cascade' })
  referral!: Ref<Referral>;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @ManyToOne(() => Partner, { ref: true, index: true })
  partner!: Ref<Partner>;

  @Property({ type: 'text' })
  text!: string;

  @Property({ ...moment() })
  askedAt!: Date;

  @Property({ type: 'text', nullable: true })
  answer!: string | null;

  @Property({ ...moment(), nullable: true })
  answeredAt!: Date | null;

  @Property({ type: 'integer', version: true })
  revision!: number;
}
