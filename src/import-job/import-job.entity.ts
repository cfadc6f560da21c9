import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import { Account } from '../viewer/account.entity.js';
import './import-job.enums.js';
import { type CodeCount, ImportStatus, type StoredCounts } from './import-job.rules.js';

@ObjectType({
  description:
    'An import of a directory that was uploaded (Import). One after the other, by whichever hub is free; seen by those who coordinate the network.',
})
@Entity({ tableName: 'import_job' })
@Index({ properties: ['network', 'createdAt', 'id'] })
@Index({ properties: ['status', 'createdAt'] })
export class ImportJob {
  [OptionalProps]?: 'status' | 'done' | 'counts' | 'summary' | 'isCancelled' | 'version';

  @Field(() => ID, { description: 'UUID.' })
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @ManyToOne(() => Account, { ref: true, nullable: true, index: true })
  startedBy!: Ref<Account> | null;

  @Field(() => String, { description: 'Short name of where it comes from; by it a later import is of the same.' })
  @Property({ type: 'text' })
  source!: string;

  /** As which it is read. */
  @Property({ type: 'text' })
  file!: string;

  @Field(() => Float, { description: 'Size of the upload in bytes.' })
  @Property({ type: 'double precision' })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of the upload, in hexadecimal digits.' })
  @Property({ type: 'text' })
  sha256!: string;

  @Field(() => Boolean, {
    description:
      'It only tells what would happen, and changes nothing. It is one transaction: until it is over, an edit of a record that it would change waits, and is SERVICE_UNAVAILABLE after 20 seconds.',
  })
  @Property({ type: 'boolean' })
  dryRun!: boolean;

  @Field(() => ImportStatus, { description: 'Where it stands.' })
  @Enum({ items: () => ImportStatus, type: 'text', default: ImportStatus.QUEUED })
  status!: ImportStatus;

  @Field(() => String, {
    nullable: true,
    description: 'What it is at: `Bytes` while it reads, then organizations, locations, services. Null before.',
  })
  @Property({ type: 'text', nullable: true })
  phase!: string | null;

  @Field(() => Float, { description: 'How much of the phase is done; told once a second.' })
  @Property({ type: 'double precision', default: 0 })
  done!: number;

  @Field(() => Float, { nullable: true, description: 'Of how much; null where nobody knows.' })
  @Property({ type: 'double precision', nullable: true })
  total!: number | null;

  @Property({ type: 'json', defaultRaw: `'{}'` })
  counts!: StoredCounts;

  @Property({ type: 'json', defaultRaw: `'[]'` })
  summary!: CodeCount[];

  @Field(() => String, {
    nullable: true,
    description:
      'Why it failed, a German sentence for people; where the hub is at fault, with the id under which its log tells more. Null unless FAILED.',
  })
  @Property({ type: 'text', nullable: true })
  failure!: string | null;

  @Property({ type: 'boolean', default: false })
  isCancelled!: boolean;

  @Field(() => GraphQLDateTime, { description: 'When the upload was complete.' })
  @Property(moment())
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was begun; the first time.' })
  @Property({ ...moment(), nullable: true })
  startedAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ended, however it did.' })
  @Property({ ...moment(), nullable: true })
  finishedAt!: Date | null;

  @Field(() => Int, { description: 'Goes up with every change of it but progress.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}

/**
 * An upload that is under way, or kept for its job, which has the same id and is made with the last piece: what has none
 * for long belongs to an upload that broke off with its hub.
 */
@Entity({ tableName: 'import_upload' })
@Index({ properties: ['network', 'createdAt'] })
export class ImportUpload {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @Property({ ...moment(), index: true })
  createdAt!: Date;
}

/** A piece of an upload; it goes with it. */
@Entity({ tableName: 'import_piece' })
export class ImportPiece {
  [PrimaryKeyProp]?: ['upload', 'number'];

  @ManyToOne(() => ImportUpload, { primary: true, ref: true, deleteRule: 'cascade' })
  upload!: Ref<ImportUpload>;

  @PrimaryKey({ type: 'integer' })
  number!: number;

  @Property({ type: 'blob' })
  bytes!: Buffer;
}

@ObjectType({ description: 'What is wrong with a value, row or file of an import (Befund).' })
@Entity({ tableName: 'import_finding' })
export class ImportFinding {
  [PrimaryKeyProp]?: ['job', 'number'];

  @ManyToOne(() => ImportJob, { primary: true, ref: true, deleteRule: 'cascade' })
  job!: Ref<ImportJob>;

  @PrimaryKey({ type: 'integer' })
  number!: number;

  @Field(() => String, { description: 'The file inside the upload.' })
  @Property({ type: 'text' })
  file!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'As a spreadsheet shows it, the header being 1; of JSON the number of the record. Null: the whole file.',
  })
  @Property({ type: 'integer', nullable: true })
  row!: number | null;

  @Field(() => String, { nullable: true, description: 'The column; null: the whole row.' })
  @Property({ type: 'text', nullable: true })
  column!: string | null;

  @Field(() => String, { description: 'A fact to act upon, such as DANGLING_REFERENCE.' })
  @Property({ type: 'text' })
  code!: string;

  @Field(() => String, { description: 'ERROR: not taken. WARNING: taken, look at it. NOTICE: read in another way.' })
  @Property({ type: 'text' })
  severity!: string;

  @Field(() => String, { description: 'What stood there, shortened to 200 characters.' })
  @Property({ type: 'text' })
  value!: string;
}
