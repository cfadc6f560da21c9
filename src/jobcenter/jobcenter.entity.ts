import { Entity, Enum, OneToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import '../geography/geography.enums.js';
import { JobcenterForm } from '../geography/geography.rules.js';

@ObjectType({
  implements: Node,
  description:
    'The Jobcenter of a network: a partner like others, whose locations are its sites; and the form in which it is run.',
})
@Entity({ tableName: 'jobcenter' })
export class Jobcenter extends Node {
  [OptionalProps]?: 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @OneToOne(() => Network, { ref: true, owner: true })
  network!: Ref<Network>;

  /** A public institution of the network. */
  @OneToOne(() => Partner, { ref: true, owner: true })
  partner!: Ref<Partner>;

  @Field(() => JobcenterForm, { description: 'Who runs it.' })
  @Enum({ items: () => JobcenterForm, type: 'text' })
  form!: JobcenterForm;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}
