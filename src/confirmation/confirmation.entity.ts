import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { type FieldGroup, RecordName } from '../record/record.rules.js';
import { moment, textArray, uuid } from '../shared/columns.js';
import { Account } from '../viewer/account.entity.js';
import { ConfirmationLink } from './confirmation-link.entity.js';

/**
 * Somebody said that some groups of fields of a record are right. The latest of each group counts; the oldest of these
 * is the `confirmed_at` of the record. One that has no rows was confirmed, if at all, as a whole by its `confirmed_at`.
 */
@Entity({ tableName: 'confirmation' })
@Index({ properties: ['record', 'at'] })
export class Confirmation {
  @PrimaryKey(uuid())
  id!: string;

  @Enum({ items: () => RecordName, type: 'text' })
  kind!: RecordName;

  /** Id of the partner, location or service. */
  @Property({ type: 'uuid', fieldName: 'record_id' })
  record!: string;

  @Property(textArray())
  groups!: FieldGroup[];

  @Property(moment())
  at!: Date;

  /** Who did; null where it was by a link, or before this was kept. */
  @ManyToOne(() => Account, { ref: true, index: true, nullable: true })
  account!: Ref<Account> | null;

  @ManyToOne(() => ConfirmationLink, { ref: true, index: true, nullable: true })
  link!: Ref<ConfirmationLink> | null;
}
