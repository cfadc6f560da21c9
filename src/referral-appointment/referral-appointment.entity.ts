import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import { ofReferral, Referral } from '../referral/referral.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { referralWall, systemPolicy } from '../shared/policies.js';
import { AppointmentState, STORED_STATES } from './referral-appointment.rules.js';

/**
 * When the client is to come. Whoever knows of the referral knows of its appointments; which of them the caseworker and
 * the coordinator are told, the view decides.
 */
@Entity({
  tableName: 'referral_appointment',
  rowLevelSecurity: 'force',
  policies: [referralWall, { name: 'of_referral', using: ofReferral }, systemPolicy],
})
@Unique({ properties: ['referral', 'number'] })
@Index({ properties: ['network', 'at'] })
export class ReferralAppointment {
  [OptionalProps]?: 'state' | 'revision';

  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Referral, { ref: true, deleteRule: 'cascade' })
  referral!: Ref<Referral>;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  /** From 1 upwards in each referral. */
  @Property({ type: 'integer' })
  number!: number;

  @Property({ ...moment() })
  at!: Date;

  @Enum({ items: [...STORED_STATES], type: 'text', default: AppointmentState.PLANNED })
  state!: (typeof STORED_STATES)[number];

  @Property({ ...moment() })
  createdAt!: Date;

  @Property({ type: 'integer', version: true })
  revision!: number;
}
