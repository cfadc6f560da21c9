import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import '../record/record.enums.js';
import { type RecordChanges, RecordName } from '../record/record.rules.js';
import { moment, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import { Account } from '../viewer/account.entity.js';
import './proposal.enums.js';
import { ProposalKind, ProposalStatus, ProposedAs } from './proposal.rules.js';

@ObjectType({
  implements: Node,
  description:
    'What somebody wants a record to be, and has to be decided first (Vorschlag). Seen by whoever proposed it, by those who edit the partner and by coordinators of its network; the name of the person is told to these alone: reporting a fault must not become personal.',
})
@Entity({ tableName: 'proposal' })
@Index({ properties: ['network', 'status', 'createdAt', 'id'] })
@Index({ properties: ['partner', 'status', 'createdAt', 'id'] })
@Index({ properties: ['proposedBy', 'status'] })
@Index({ properties: ['record', 'status'] })
// What the partner wants reviewed of a record is one proposal.
@Index({
  name: 'proposal_one_review',
  expression: `create unique index proposal_one_review on proposal (record_id) where kind = 'REVIEW' and status = 'OPEN'`,
})
export class Proposal extends Node {
  [OptionalProps]?: 'status' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @Field(() => ProposalKind, {
    description: 'Why it waits, and for whom. A CORRECTION that the partner accepts becomes a REVIEW where it has to.',
  })
  @Enum({ items: () => ProposalKind, type: 'text' })
  kind!: ProposalKind;

  @Field(() => ProposalStatus, { description: 'What became of it.' })
  @Enum({ items: () => ProposalStatus, type: 'text', default: ProposalStatus.OPEN })
  status!: ProposalStatus;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @ManyToOne(() => Partner, { ref: true })
  partner!: Ref<Partner>;

  @Field(() => RecordName, { description: 'Of what kind the record is.' })
  @Enum({ items: () => RecordName, type: 'text' })
  recordKind!: RecordName;

  @Field(() => ID, { name: 'recordId', description: 'Id of the partner, location or service.' })
  @Property({ type: 'uuid', fieldName: 'record_id' })
  record!: string;

  @Property({ type: 'json' })
  changes!: RecordChanges;

  @Field(() => String, { nullable: true, description: 'Why, in the words of whoever proposed it.' })
  @Property({ type: 'text', nullable: true })
  reason!: string | null;

  @ManyToOne(() => Account, { ref: true, nullable: true })
  proposedBy!: Ref<Account> | null;

  @Field(() => ProposedAs, { description: 'On which side whoever proposed it stood then.' })
  @Enum({ items: () => ProposedAs, type: 'text' })
  proposedAs!: ProposedAs;

  @Field(() => String, { nullable: true, description: 'With IMPORT: the name of the source.' })
  @Property({ type: 'text', nullable: true })
  source!: string | null;

  @ManyToOne(() => Account, { ref: true, index: true, nullable: true })
  decidedBy!: Ref<Account> | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was decided, or taken back.' })
  @Property({ ...moment(), nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected.' })
  @Property({ type: 'text', nullable: true })
  decision!: string | null;

  @Field(() => Int, { description: 'Goes up with every change of it.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was proposed.' })
  @Property(moment())
  createdAt!: Date;
}
