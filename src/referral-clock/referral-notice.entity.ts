import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import { Referral } from '../referral/referral.entity.js';
import { Party } from '../referral/referral.rules.js';
import { onCase } from '../referral/referral-disclosure.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { among, referralWall, systemPolicy } from '../shared/policies.js';
import { NoticeKind } from './referral-notice.rules.js';

/** SQL: to the partner, of a referral that was sent to one of the viewer's. */
const addressed = `party = 'PARTNER' and exists (
  select from referral r where r.id = referral_id and r.sent_at is not null and ${among('r.partner_id', 'app.partners')})`;

/** SQL: to the coordinator of the network. */
const coordinated = `party = 'COORDINATOR' and ${among('network_id', 'app.coordinated')}`;

/** What the clock told one side of a referral. Its key is what makes a deadline tell once. */
@Entity({
  tableName: 'referral_notice',
  rowLevelSecurity: 'force',
  policies: [
    referralWall,
    { name: 'on_case', using: `party = 'CASEWORKER' and ${onCase}` },
    { name: 'addressed', using: addressed },
    { name: 'coordinated', using: coordinated },
    systemPolicy,
  ],
})
@Unique({ properties: ['referral', 'party', 'kind', 'dueAt'] })
@Index({ properties: ['network', 'party', 'at'] })
export class ReferralNotice {
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Referral, { ref: true, deleteRule: 'cascade' })
  referral!: Ref<Referral>;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @Enum({ items: () => Party, type: 'text' })
  party!: Party;

  @Enum({ items: () => NoticeKind, type: 'text' })
  kind!: NoticeKind;

  /** The deadline that it speaks of. */
  @Property({ ...moment() })
  dueAt!: Date;

  @Property({ ...moment() })
  at!: Date;
}
