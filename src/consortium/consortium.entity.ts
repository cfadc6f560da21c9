import { Check, Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { sortedName, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';

@ObjectType({
  implements: Node,
  description: 'Partners that do something together, for a time (Arbeitsgemeinschaft), also of several networks.',
})
@Entity({ tableName: 'consortium' })
@Check({ name: 'consortium_period', expression: 'dissolved_on >= founded_on' })
@Index({ properties: ['name', 'id'] })
export class Consortium extends Node {
  [OptionalProps]?: 'version';

  @PrimaryKey(uuid())
  override id!: string;

  /** Keeps the record. */
  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @Field(() => String, { description: 'As it calls itself.' })
  @Property(sortedName())
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is there for.' })
  @Property({ type: 'text', nullable: true })
  purpose!: string | null;

  @ManyToOne(() => Partner, { ref: true, index: true, nullable: true })
  umbrella!: Ref<Partner> | null;

  @Field(() => GraphQLLocalDate, { description: 'Its first day.' })
  @Property({ type: 'date' })
  foundedOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Its last day; null = it goes on.' })
  @Property({ type: 'date', nullable: true })
  dissolvedOn!: string | null;

  @Field(() => Int, {
    description: 'Goes up with every edit of itself and of its members; hand it to `expectedVersion`.',
  })
  @Property({ type: 'integer', version: true })
  version!: number;
}
