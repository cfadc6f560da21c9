import { Check, Entity, Enum, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { uuid } from '../shared/columns.js';
import { Role } from './viewer.rules.js';

/** A person, as an identity provider knows her. What she may do stands in her memberships, never in the token. */
@Entity({ tableName: 'account' })
@Unique({ properties: ['issuer', 'subject'] })
export class Account {
  @PrimaryKey(uuid())
  id!: string;

  @Property({ type: 'text' })
  issuer!: string;

  @Property({ type: 'text' })
  subject!: string;

  @Property({ type: 'text' })
  displayName!: string;
}

@Entity({ tableName: 'membership' })
@Unique({
  name: 'membership_once',
  expression:
    'create unique index membership_once on membership (account_id, role, network_id, partner_id) nulls not distinct',
})
@Check({
  name: 'membership_scope',
  expression: `case role
    when 'PARTNER_EDITOR' then partner_id is not null and network_id is not null
    when 'CASEWORKER' then partner_id is null and network_id is not null
    when 'COORDINATOR' then partner_id is null and network_id is not null
    else partner_id is null and network_id is null end`,
})
export class Membership {
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Account, { ref: true, index: true, deleteRule: 'cascade' })
  account!: Ref<Account>;

  @Enum({ items: () => Role, type: 'text' })
  role!: Role;

  /** An editor's network is the one that keeps the partner's record. */
  @ManyToOne(() => Network, { ref: true, index: true, nullable: true })
  network!: Ref<Network> | null;

  @ManyToOne(() => Partner, { ref: true, index: true, nullable: true })
  partner!: Ref<Partner> | null;
}
