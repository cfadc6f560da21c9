import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import type { JsonValue } from '../record/record.rules.js';
import { jsonList, moment, sortedName, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import './partner.enums.js';
import { PartnerKind, PartnerStatus } from './partner.rules.js';

@ObjectType({ implements: Node, description: 'An organisation of the network (Netzwerkpartner).' })
@Entity({ tableName: 'partner' })
@Check({
  name: 'partner_kinds_known',
  expression: `cardinality(kinds) > 0 and kinds <@ array[${Object.values(PartnerKind)
    .map(kind => `'${kind}'`)
    .join(', ')}]`,
})
@Check({
  name: 'partner_merged_is_out',
  expression: `merged_into_id is null or status in ('ARCHIVED', 'NOT_ADMITTED')`,
})
@Unique({ properties: ['id', 'network'] })
@Index({ properties: ['network', 'name', 'id'] })
@Index({ properties: ['name', 'id'] })
// Few are: what must not be told is looked up among them.
@Index({
  name: 'partner_unpublished',
  expression: `create index partner_unpublished on partner (id) where status <> 'ACTIVE'`,
})
export class Partner extends Node {
  [OptionalProps]?: 'status' | 'alternateName' | 'contacts' | 'version' | 'createdAt' | 'updatedAt';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @Field(() => String, { description: 'As it calls itself.' })
  @Property(sortedName())
  name!: string;

  @Field(() => String, { nullable: true, description: 'As people call it for short.' })
  @Property({ type: 'text', nullable: true })
  alternateName?: string | null;

  @Field(() => PartnerStatus, { description: 'Only ACTIVE ones are published.' })
  @Enum({ items: () => PartnerStatus, type: 'text', default: PartnerStatus.ACTIVE })
  status!: PartnerStatus;

  @Property(textArray())
  kinds!: PartnerKind[];

  @Field(() => String, { nullable: true, description: 'What it does, in its own words.' })
  @Property({ type: 'text', nullable: true })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'For enquiries.' })
  @Property({ type: 'text', nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'For enquiries.' })
  @Property({ type: 'text', nullable: true })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Its address on the web, with https:// or http://.' })
  @Property({ type: 'text', nullable: true })
  website!: string | null;

  @Property(jsonList())
  contacts!: JsonValue;

  @ManyToOne(() => Partner, { ref: true, index: true, nullable: true })
  parent!: Ref<Partner> | null;

  /** Where it was a duplicate: what it was merged into, which never was merged itself. Its id answers that one. */
  @ManyToOne(() => Partner, { ref: true, index: true, nullable: true })
  mergedInto?: Ref<Partner> | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When somebody last said that all of it is right.' })
  @Property({ ...moment(), nullable: true })
  confirmedAt!: Date | null;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last edited.' })
  @Property({ ...moment(), defaultRaw: 'now()' })
  updatedAt!: Date;
}
