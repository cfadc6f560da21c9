import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import { Account } from '../viewer/account.entity.js';
import './sharing.enums.js';
import { SharingStatus } from './sharing.rules.js';

@ObjectType({
  implements: Node,
  description:
    'One network lets another one find and refer to some of its partners, for some kinds of services, for a time (Kooperationsvereinbarung). For members of both.',
})
@Entity({ tableName: 'sharing_agreement' })
@Check({ name: 'sharing_agreement_two_networks', expression: 'network_id <> receiver_id' })
@Check({ name: 'sharing_agreement_proposer', expression: 'proposer_id in (network_id, receiver_id)' })
@Check({ name: 'sharing_agreement_period', expression: 'ends_on >= starts_on' })
@Check({
  name: 'sharing_agreement_stands',
  expression: `case status
    when 'PROPOSED' then num_nonnulls(agreed_at, closed_at) = 0
    when 'AGREED' then agreed_at is not null and closed_at is null
    when 'DECLINED' then agreed_at is null and closed_at is not null
    else closed_at is not null end`,
})
@Unique({ properties: ['id', 'network'] })
@Unique({ properties: ['id', 'receiver', 'network'] })
@Index({ properties: ['network', 'receiver'] })
@Index({ properties: ['proposedAt', 'id'] })
export class SharingAgreement extends Node {
  [OptionalProps]?: 'status' | 'proposedBy' | 'agreedAt' | 'closedAt' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  /** Whose partners are shared. */
  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  /** Whose caseworkers find them. */
  @ManyToOne(() => Network, { ref: true, index: true })
  receiver!: Ref<Network>;

  /** One of the two. */
  @ManyToOne(() => Network, { ref: true, index: true })
  proposer!: Ref<Network>;

  /** Never decides, also where she coordinates both; null where it is not known. */
  @ManyToOne(() => Account, { ref: true, index: true, nullable: true })
  proposedBy!: Ref<Account> | null;

  @Field(() => GraphQLLocalDate, { name: 'from', description: 'The first day on which it holds, once agreed on.' })
  @Property({ type: 'date' })
  startsOn!: string;

  @Field(() => GraphQLLocalDate, {
    name: 'until',
    nullable: true,
    description: 'The last day on which new referrals may be sent; null = without an end.',
  })
  @Property({ type: 'date', nullable: true })
  endsOn!: string | null;

  @Enum({ items: () => SharingStatus, type: 'text', default: SharingStatus.PROPOSED })
  status!: SharingStatus;

  @Field(() => String, { nullable: true, description: 'What was agreed on beside it; never about a person.' })
  @Property({ type: 'text', nullable: true })
  note!: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was proposed.' })
  @Property(moment())
  proposedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the other side agreed; null = it never did.' })
  @Property({ ...moment(), nullable: true })
  agreedAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was declined, ended or taken back; null also where just its last day is over.',
  })
  @Property({ ...moment(), nullable: true })
  closedAt!: Date | null;

  @Field(() => Int, { description: 'Goes up with every change; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}
