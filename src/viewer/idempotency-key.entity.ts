import { Check, Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { moment } from '../shared/columns.js';
import { isViewer, systemPolicy } from '../shared/policies.js';
import { Account } from './account.entity.js';

/**
 * A key that came with a mutation, and what became of it, for 24 hours; see `shared/idempotency.ts`. Written in the
 * transaction of its mutation: where there is a row, the effect is there too.
 */
@Entity({
  tableName: 'idempotency_key',
  rowLevelSecurity: 'force',
  policies: [{ name: 'own', using: isViewer('account_id') }, systemPolicy],
})
@Check({ name: 'idempotency_key_form', expression: `key ~ '^[!-~]{1,255}$'` })
@Check({ name: 'idempotency_key_one_end', expression: 'num_nonnulls(result, refusal) <= 1' })
export class IdempotencyKey {
  [PrimaryKeyProp]?: ['account', 'key'];

  @ManyToOne(() => Account, { ref: true, primary: true, deleteRule: 'cascade' })
  account!: Ref<Account>;

  @PrimaryKey({ type: 'text' })
  key!: string;

  /** Of the whole request. */
  @Property({ type: 'text' })
  fingerprint!: string;

  /** What the write returned. */
  @Property({ type: 'json', nullable: true })
  result!: unknown;

  @Property({ type: 'json', nullable: true })
  refusal!: unknown;

  /** What was told, with the rights of then; null until it is known. */
  @Property({ type: 'json', nullable: true })
  answer!: unknown;

  @Property({ ...moment(), index: true })
  createdAt!: Date;
}
