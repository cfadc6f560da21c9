import { Entity, Index, ManyToOne, OneToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import type { RecordDocument } from '../record/record.rules.js';
import { moment, uuid } from '../shared/columns.js';
import { Account } from '../viewer/account.entity.js';

/** Two partners became one: what was taken of the other, what was not, and what moved. Never changed afterwards. */
@Entity({ tableName: 'partner_merge' })
// By them it is known whose a record was before.
@Index({
  name: 'partner_merge_services',
  expression: 'create index partner_merge_services on partner_merge using gin (services) with (fastupdate = off)',
})
@Index({
  name: 'partner_merge_locations',
  expression: 'create index partner_merge_locations on partner_merge using gin (locations) with (fastupdate = off)',
})
export class PartnerMerge {
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  /** As of the merge; that one may have been merged since. */
  @ManyToOne(() => Partner, { ref: true, index: true })
  survivor!: Ref<Partner>;

  @OneToOne(() => Partner, { ref: true, unique: true, owner: true })
  other!: Ref<Partner>;

  @Property(moment())
  at!: Date;

  @ManyToOne(() => Account, { ref: true, index: true, nullable: true })
  mergedBy!: Ref<Account> | null;

  /** By field, what the survivor has of the other since. */
  @Property({ type: 'json' })
  taken!: RecordDocument;

  /** By field, what the other had otherwise and took with it. */
  @Property({ type: 'json' })
  leftBehind!: RecordDocument;

  /** Ids of what moved. */
  @Property({ type: 'array', columnType: 'uuid[]' })
  services!: string[];

  @Property({ type: 'array', columnType: 'uuid[]' })
  locations!: string[];
}
