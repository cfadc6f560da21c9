import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import type { JsonValue, RecordDocument } from '../record/record.rules.js';
import { moment, uuid } from '../shared/columns.js';

/** A directory kept elsewhere, from which a network imports. */
@Entity({ tableName: 'source' })
@Unique({ properties: ['network', 'name'] })
@Check({ name: 'source_name_form', expression: `name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'` })
export class Source {
  [OptionalProps]?: 'createdAt';

  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  /** Short, as in addresses: by it a later import is known to be of the same source. */
  @Property({ type: 'text' })
  name!: string;

  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;

  /** When it was last imported to the end. */
  @Property({ ...moment(), nullable: true })
  importedAt?: Date | null;
}

/**
 * What a source said last, row by row and in its own words: what it says anew is known by the hash, and nothing that
 * the hub has no field for is lost on the way out.
 */
@Entity({ tableName: 'source_row' })
@Index({ properties: ['source', 'root'] })
export class SourceRow {
  [PrimaryKeyProp]?: ['source', 'key'];
  [OptionalProps]?: 'position';

  @ManyToOne(() => Source, { primary: true, ref: true, deleteRule: 'cascade' })
  source!: Ref<Source>;

  /** `table:id`, as the source names both. */
  @PrimaryKey({ type: 'text' })
  key!: string;

  /** The key of the organisation, location or service that it belongs to; null for what belongs to none. */
  @Property({ type: 'text', nullable: true })
  root!: string | null;

  /** Where it stood among the rows of its root, when that was last taken: of contacts the first is asked first. */
  @Property({ type: 'integer', default: 0 })
  position!: number;

  @Property({ type: 'uuid' })
  hash!: string;

  @Property({ type: 'json', fieldName: 'row' })
  values!: JsonValue;
}

/** Which record of the hub is which of the source. A place that several organisations share is a record for each. */
@Entity({ tableName: 'source_record' })
@Index({ properties: ['source', 'key'] })
export class SourceRecord {
  [PrimaryKeyProp]?: ['source', 'record'];

  @ManyToOne(() => Source, { primary: true, ref: true, deleteRule: 'cascade' })
  source!: Ref<Source>;

  /** Id of the partner, location or service. */
  @PrimaryKey({ type: 'uuid', fieldName: 'record_id', index: true })
  record!: string;

  @Property({ type: 'text' })
  key!: string;

  /** What the source said of it last, in the fields of the hub: only what it says otherwise since is news. */
  @Property({ type: 'json' })
  document!: RecordDocument;

  @Property(moment())
  importedAt!: Date;
}
