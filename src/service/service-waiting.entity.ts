import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { moment, uuid } from '../shared/columns.js';
import { Service } from './service.entity.js';

/**
 * A place on the waiting list of a service. Outside the policies, and without any case: whoever holds it knows its id.
 * So everybody's position can be counted without reading the referrals of others.
 */
@Entity({ tableName: 'service_waiting' })
@Index({ properties: ['service', 'leftAt', 'urgent', 'since', 'id'] })
export class ServiceWaiting {
  [OptionalProps]?: 'leftAt' | 'revision';

  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Service, { ref: true, deleteRule: 'cascade' })
  service!: Ref<Service>;

  @Property({ type: 'boolean' })
  urgent!: boolean;

  @Property({ ...moment() })
  since!: Date;

  /** Null while it waits. */
  @Property({ ...moment(), nullable: true })
  leftAt!: Date | null;

  @Property({ type: 'integer', version: true })
  revision!: number;
}
