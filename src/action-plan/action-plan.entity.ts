import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Accession } from '../accession/accession.entity.js';
import { Network } from '../network/network.entity.js';
import { uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';

@ObjectType({
  implements: Node,
  description:
    'What a network sets out to do, measure by measure (Aktionsplan). A draft is for its coordinators, an adopted one for members of the network, a published one for everybody.',
})
@Entity({ tableName: 'action_plan' })
@Unique({ properties: ['id', 'network'] })
@Index({ properties: ['network', 'from', 'id'] })
@Check({ name: 'action_plan_period', expression: '"until" >= "from"' })
@Check({
  name: 'action_plan_closed',
  expression: 'closed_on is null or adopted_on is not null and closed_on >= adopted_on',
})
@Check({ name: 'action_plan_published', expression: 'not published or adopted_on is not null' })
export class ActionPlan extends Node {
  [OptionalProps]?: 'published' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @ManyToOne(() => Accession, { ref: true, nullable: true, index: true })
  accession!: Ref<Accession> | null;

  @Field(() => String, { description: 'As people call it.' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => GraphQLLocalDate, { description: 'Its first day.' })
  @Property({ type: 'date' })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: 'Its last day.' })
  @Property({ type: 'date' })
  until!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When it was adopted; null = a draft.' })
  @Property({ type: 'date', nullable: true })
  adoptedOn!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When it was closed; nothing changes afterwards.' })
  @Property({ type: 'date', nullable: true })
  closedOn!: string | null;

  @Field(() => Boolean, { description: 'Whether everybody may read it.' })
  @Property({ type: 'boolean', default: false })
  published!: boolean;

  @Field(() => Int, { description: 'Goes up with every edit and step; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}
