import { Check, Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, ObjectType } from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { ClientCase, ofOwnCase } from '../client-case/client-case.entity.js';
import { Network } from '../network/network.entity.js';
import { Service } from '../service/service.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { networkWall, systemPolicy } from '../shared/policies.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';

@ObjectType({
  implements: Node,
  description: 'What the client agreed to (Einwilligung): for one service, or for a category of services.',
})
@Entity({
  tableName: 'consent',
  rowLevelSecurity: 'force',
  policies: [networkWall, { name: 'on_case', using: ofOwnCase }, systemPolicy],
})
@Check({ name: 'consent_one_scope', expression: 'num_nonnulls(service_id, category_code) = 1' })
@Check({ name: 'consent_period', expression: 'valid_until >= given_on' })
export class Consent extends Node {
  [OptionalProps]?: 'revision' | 'createdAt';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @ManyToOne(() => ClientCase, { ref: true, index: true })
  clientCase!: Ref<ClientCase>;

  @ManyToOne(() => Service, { ref: true, index: true, nullable: true })
  service!: Ref<Service> | null;

  @ManyToOne(() => Category, { ref: true, index: true, nullable: true })
  category!: Ref<Category> | null;

  @Field(() => GraphQLLocalDate, { description: 'The day on which the client agreed.' })
  @Property({ type: 'date' })
  givenOn!: string;

  @Field(() => GraphQLLocalDate, { description: 'The last day on which it holds.' })
  @Property({ type: 'date' })
  validUntil!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the client took it back.' })
  @Property({ ...moment(), nullable: true })
  revokedAt!: Date | null;

  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;

  @Property({ type: 'integer', version: true })
  revision!: number;
}
