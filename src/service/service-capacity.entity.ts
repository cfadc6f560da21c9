import { Check, Entity, ManyToOne, OneToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { moment } from '../shared/columns.js';
import { Service } from './service.entity.js';

/**
 * Counters, changed by single conditional statements only; so there is no version, and no check against `total`, which
 * a partner may lower below what is taken. Every service has its row; one never reported has no `reportedAt`.
 */
@Entity({ tableName: 'service_capacity' })
@Check({
  name: 'service_capacity_not_negative',
  expression:
    'total >= 0 and reserved >= 0 and occupied_elsewhere >= 0 and reported_waiting >= 0 and waitlisted >= 0 and expected_wait_days >= 0',
})
export class ServiceCapacity {
  [PrimaryKeyProp]?: 'service';
  [OptionalProps]?: 'occupiedElsewhere' | 'reserved' | 'waitlisted';

  @OneToOne(() => Service, { primary: true, ref: true, deleteRule: 'cascade' })
  service!: Ref<Service>;

  /** Null: places are not counted. */
  @Property({ type: 'integer', nullable: true })
  total!: number | null;

  /** Taken by clients who came another way. */
  @Property({ type: 'integer', default: 0 })
  occupiedElsewhere!: number;

  /** Held by referrals of this hub. */
  @Property({ type: 'integer', default: 0 })
  reserved!: number;

  /** Waiting for other ways in, as the partner reports; null where it does not say. */
  @Property({ type: 'integer', nullable: true })
  reportedWaiting!: number | null;

  /** WAITLISTED referrals of this hub. */
  @Property({ type: 'integer', default: 0 })
  waitlisted!: number;

  @Property({ type: 'integer', nullable: true })
  expectedWaitDays!: number | null;

  /** Null: never reported. */
  @Property({ ...moment(), nullable: true })
  reportedAt!: Date | null;
}

/** Acceptances a day, for waiting times: outside the policies, and without any case. */
@Entity({ tableName: 'service_acceptance' })
export class ServiceAcceptance {
  [PrimaryKeyProp]?: ['service', 'acceptedOn'];
  [OptionalProps]?: 'takenBack' | 'takenBackIn';

  @ManyToOne(() => Service, { primary: true, ref: true, deleteRule: 'cascade' })
  service!: Ref<Service>;

  @PrimaryKey({ type: 'date' })
  acceptedOn!: string;

  @Property({ type: 'integer' })
  accepted!: number;

  /** Of these, taken back in a month of which others must not see it before it is over. */
  @Property({ type: 'integer', default: 0 })
  takenBack!: number;

  /** Its first day; null: nothing was. */
  @Property({ type: 'date', nullable: true })
  takenBackIn!: string | null;
}

/** How many working days the first decisions of a day took, for answer times: outside the policies too. */
@Entity({ tableName: 'service_answer' })
export class ServiceAnswer {
  [PrimaryKeyProp]?: ['service', 'answeredOn', 'workingDays'];
  [OptionalProps]?: 'takenBack' | 'takenBackIn';

  @ManyToOne(() => Service, { primary: true, ref: true, deleteRule: 'cascade' })
  service!: Ref<Service>;

  @PrimaryKey({ type: 'date' })
  answeredOn!: string;

  @PrimaryKey({ type: 'integer' })
  workingDays!: number;

  @Property({ type: 'integer' })
  answers!: number;

  /** Of these, taken back in a month of which others must not see it before it is over. */
  @Property({ type: 'integer', default: 0 })
  takenBack!: number;

  /** Its first day; null: nothing was. */
  @Property({ type: 'date', nullable: true })
  takenBackIn!: string | null;
}
