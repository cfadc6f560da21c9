import { Check, Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Partner } from '../partner/partner.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { Account } from '../viewer/account.entity.js';

/** Somebody said that two partners are two ("kein Doppel"): for good, whatever is edited, until somebody takes it back. */
@Entity({ tableName: 'duplicate_dismissal' })
@Check({ name: 'duplicate_dismissal_in_order', expression: 'first_id < second_id' })
@Index({
  name: 'duplicate_dismissal_once',
  expression:
    'create unique index duplicate_dismissal_once on duplicate_dismissal (first_id, second_id) where undone_at is null',
})
export class DuplicateDismissal {
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Partner, { ref: true, index: true })
  first!: Ref<Partner>;

  @ManyToOne(() => Partner, { ref: true, index: true })
  second!: Ref<Partner>;

  @Property({ type: 'text', nullable: true })
  reason!: string | null;

  @Property(moment())
  dismissedAt!: Date;

  @ManyToOne(() => Account, { ref: true, index: true, nullable: true })
  dismissedBy!: Ref<Account> | null;

  @Property({ ...moment(), nullable: true })
  undoneAt!: Date | null;

  @ManyToOne(() => Account, { ref: true, index: true, nullable: true })
  undoneBy!: Ref<Account> | null;

  @Property({ type: 'integer', version: true })
  version!: number;
}
