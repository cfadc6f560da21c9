import { Entity, ManyToOne, OneToOne, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { isOwnCase } from '../client-case/client-case.entity.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { moment, textArray } from '../shared/columns.js';
import { among, hasAny, referralWall, requestTime, systemPolicy } from '../shared/policies.js';
import { Referral } from './referral.entity.js';

/**
 * SQL: the referral is one of a case that the viewer works on. Not `exists`: PostgreSQL plans each twice, and policies
 * within policies would double that again and again.
 */
export const onCase = `${hasAny('app.casework')} and ${among('network_id', 'app.casework')} and (
  select true from referral r join client_case c on c.id = r.client_case_id where r.id = referral_id and ${isOwnCase})`;

/** SQL: disclosed to a partner of the viewer, and not over. `d`: the alias with its dot. */
const disclosed = (d = ''): string => `${among(`${d}partner_id`, 'app.partners')} and ${d}disclosed_at is not null
  and (${d}readable_until is null or ${d}readable_until > ${requestTime})`;

/** SQL, for a table that hangs on a referral: its client may still be read by a partner of the viewer. */
export const ofDisclosed = (table: string): string => `(
  select true from referral_disclosure d where d.referral_id = ${table}.referral_id and ${disclosed('d.')})`;

/** What a partner is told of the client, as of the sending. Health data: apart from the referral, with policies of its own. */
@Entity({
  tableName: 'referral_disclosure',
  rowLevelSecurity: 'force',
  policies: [referralWall, { name: 'on_case', using: onCase }, { name: 'disclosed', using: disclosed() }, systemPolicy],
})
export class ReferralDisclosure {
  [PrimaryKeyProp]?: 'referral';
  [OptionalProps]?: 'needs' | 'languages' | 'revision';

  @OneToOne(() => Referral, { primary: true, ref: true, deleteRule: 'cascade' })
  referral!: Ref<Referral>;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @ManyToOne(() => Partner, { ref: true, index: true })
  partner!: Ref<Partner>;

  @Property({ type: 'text', nullable: true })
  note!: string | null;

  @Property({ type: 'text', nullable: true })
  pseudonym!: string | null;

  @Property({ type: 'text', nullable: true })
  municipalityKey!: string | null;

  @Property({ ...textArray(), default: [] })
  needs!: string[];

  @Property({ ...textArray(), default: [] })
  languages!: string[];

  @Property({ type: 'integer', nullable: true })
  age!: number | null;

  /** Null in a draft. */
  @Property({ ...moment(), nullable: true })
  disclosedAt!: Date | null;

  /** When the partner's access ends: with the consent, with the referral, or some days after it. Null: not yet known. */
  @Property({ ...moment(), nullable: true })
  readableUntil!: Date | null;

  @Property({ type: 'integer', version: true })
  revision!: number;
}
