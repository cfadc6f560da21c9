import { Entity, ManyToOne } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Category } from '../category/category.entity.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { SharingAgreement } from './sharing-agreement.entity.js';

/** A partner that an agreement is about; without any, all of the network are. Written with the agreement and never after. */
@Entity({ tableName: 'sharing_partner' })
export class SharingPartner {
  [PrimaryKeyProp]?: ['agreement', 'partner'];

  @ManyToOne(() => SharingAgreement, { primary: true, ref: true })
  agreement!: Ref<SharingAgreement>;

  @ManyToOne(() => Partner, { primary: true, ref: true, index: true })
  partner!: Ref<Partner>;

  /** The giving one: nobody else's partner is shared. */
  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;
}

/** A category that an agreement is about, with all below it; without any, all are. Written with the agreement and never after. */
@Entity({ tableName: 'sharing_category' })
export class SharingCategory {
  [PrimaryKeyProp]?: ['agreement', 'category'];

  @ManyToOne(() => SharingAgreement, { primary: true, ref: true })
  agreement!: Ref<SharingAgreement>;

  @ManyToOne(() => Category, { primary: true, ref: true, index: true })
  category!: Ref<Category>;
}
