import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Location } from '../location/location.entity.js';
import { cents, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { Cents, GraphQLLocalDate } from '../shared/scalars.js';
import './accessibility.enums.js';
import { RemedyState } from './accessibility.rules.js';
import { AccessibilityCriterion } from './accessibility-criterion.entity.js';

@ObjectType({
  implements: Node,
  description:
    'What is done so that a location meets a criterion (Abhilfe). For caseworkers and coordinators of its network and editors of its partner.',
})
@Entity({ tableName: 'accessibility_remedy' })
@Check({ name: 'accessibility_remedy_done', expression: `(state = 'DONE') = (done_on is not null)` })
@Check({ name: 'accessibility_remedy_cost', expression: 'cost_cents >= 0' })
@Index({ properties: ['location', 'dueOn', 'id'] })
export class AccessibilityRemedy extends Node {
  [OptionalProps]?: 'state' | 'doneOn' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Location, { ref: true })
  location!: Ref<Location>;

  @ManyToOne(() => AccessibilityCriterion, { ref: true, index: true })
  criterion!: Ref<AccessibilityCriterion>;

  @Field(() => String, { description: 'What is done.' })
  @Property({ type: 'text' })
  description!: string;

  @Field(() => Cents, { nullable: true, description: 'What it costs, as far as it is known.' })
  @Property({ ...cents(), nullable: true })
  costCents!: number | null;

  @Field(() => String, {
    description: 'Which body or function sees to it, never a name: "Vermieter", "Stadt, Hochbau".',
  })
  @Property({ type: 'text' })
  responsibleBody!: string;

  @Field(() => GraphQLLocalDate, { description: 'To be done by the end of this day.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => RemedyState, { description: 'How far it is.' })
  @Enum({ items: () => RemedyState, type: 'text', default: RemedyState.PLANNED })
  state!: RemedyState;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When it was done; null as long as it is not.' })
  @Property({ type: 'date', nullable: true })
  doneOn!: string | null;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}
