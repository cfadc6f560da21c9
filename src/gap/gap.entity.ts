import { Check, Entity, Enum, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { Municipality } from '../municipality/municipality.entity.js';
import { Network } from '../network/network.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { among, networkWall, systemPolicy } from '../shared/policies.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import './gap.enums.js';
import { GapReason, GapStatus } from './gap.rules.js';

@ObjectType({
  implements: Node,
  description:
    'What was missing in one month, in one place, of one kind (Lücke): counted, never a case. For coordinators of the network.',
})
@Entity({
  tableName: 'gap',
  rowLevelSecurity: 'force',
  policies: [networkWall, { name: 'coordinated', using: among('network_id', 'app.coordinated') }, systemPolicy],
})
@Unique({ name: 'gap_counted_once', properties: ['network', 'month', 'municipality', 'category', 'reason'] })
@Unique({ properties: ['id', 'network'] })
@Check({ name: 'gap_month_first', expression: 'extract(day from month) = 1 and extract(day from withheld_in) = 1' })
@Check({ name: 'gap_events', expression: 'events >= 0 and events + withheld >= 0' })
export class Gap extends Node {
  [OptionalProps]?: 'events' | 'withheld' | 'status' | 'note' | 'version' | 'updatedAt';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @ManyToOne(() => Municipality, { ref: true, index: true })
  municipality!: Ref<Municipality>;

  @ManyToOne(() => Category, { ref: true, index: true })
  category!: Ref<Category>;

  @Field(() => GapReason, { description: 'What was missing.' })
  @Enum({ items: () => GapReason, type: 'text' })
  reason!: GapReason;

  @Field(() => GraphQLLocalDate, { description: 'In which month: its first day.' })
  @Property({ type: 'date' })
  month!: string;

  /** Shown at once. Counted past the version, which is the coordinator's. */
  @Property({ type: 'integer', default: 0 })
  events!: number;

  /** What a caseworker must not learn from the count: it shows once `withheldIn` is over. */
  @Property({ type: 'integer', default: 0 })
  withheld!: number;

  @Property({ type: 'date' })
  withheldIn!: string;

  @Field(() => GapStatus, { description: 'What is done about it.' })
  @Enum({ items: () => GapStatus, type: 'text', default: GapStatus.OPEN })
  status!: GapStatus;

  @Field(() => String, { nullable: true, description: 'Of the coordinator, never about a person.' })
  @Property({ type: 'text', nullable: true })
  note!: string | null;

  @Field(() => Int, { description: 'Goes up with every edit, not with events; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last edited; null: never.' })
  @Property({ ...moment(), nullable: true })
  updatedAt!: Date | null;
}
