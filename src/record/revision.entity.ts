import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import { Account } from '../viewer/account.entity.js';
import './record.enums.js';
import { Origin, type RecordChanges, RecordName } from './record.rules.js';

/**
 * One change of a record: what its fields were before and are since. Going back from what is stored now through its
 * revisions gives the record of any day; the last one that names a field tells who or what gave it its value.
 */
@ObjectType({ description: 'One change of a record (Änderung).' })
@Entity({ tableName: 'revision' })
@Index({ properties: ['record', 'version'] })
export class Revision {
  @PrimaryKey(uuid())
  id!: string;

  @Enum({ items: () => RecordName, type: 'text' })
  kind!: RecordName;

  /** Id of the partner, location, service or job opening. */
  @Property({ type: 'uuid', fieldName: 'record_id' })
  record!: string;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  /** The record's version since. */
  @Field(() => Int, { description: 'Of the record, since.' })
  @Property({ type: 'integer' })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When.' })
  @Property(moment())
  at!: Date;

  @Field(() => Origin, { description: 'How it came about.' })
  @Enum({ items: () => Origin, type: 'text' })
  origin!: Origin;

  /** Who did it; null where nobody signed in did. */
  @ManyToOne(() => Account, { ref: true, index: true, nullable: true })
  account!: Ref<Account> | null;

  /** Of what another system or a file said: its name. */
  @Property({ type: 'text', nullable: true })
  source!: string | null;

  /** Empty for the first: it was made so. */
  @Property({ type: 'json' })
  changes!: RecordChanges;
}
