import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Location } from '../location/location.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import './accessibility.enums.js';
import { AssessmentStatus, FindingResult } from './accessibility.rules.js';
import { AccessibilityCriterion } from './accessibility-criterion.entity.js';

@ObjectType({
  implements: Node,
  description:
    'Somebody looked how accessible a location is (Prüfung der Barrierefreiheit). For caseworkers and coordinators of its network and editors of its partner.',
})
@Entity({ tableName: 'accessibility_assessment' })
@Check({
  name: 'accessibility_assessment_completed',
  expression: `(status = 'COMPLETED') = (completed_at is not null)`,
})
@Index({ properties: ['location', 'assessedOn', 'id'] })
@Index({
  name: 'accessibility_assessment_one_draft',
  expression: `create unique index accessibility_assessment_one_draft on accessibility_assessment (location_id) where status = 'DRAFT'`,
})
export class AccessibilityAssessment extends Node {
  [OptionalProps]?: 'status' | 'note' | 'completedAt' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Location, { ref: true })
  location!: Ref<Location>;

  @Field(() => GraphQLLocalDate, { description: 'On which day somebody looked.' })
  @Property({ type: 'date' })
  assessedOn!: string;

  @Field(() => String, { description: 'In which function, never a name: "Schwerbehindertenvertretung".' })
  @Property({ type: 'text' })
  assessedBy!: string;

  @Field(() => String, { nullable: true, description: 'What there is to say of the whole.' })
  @Property({ type: 'text', nullable: true })
  note!: string | null;

  @Field(() => AssessmentStatus, { description: 'How far it is.' })
  @Enum({ items: () => AssessmentStatus, type: 'text', default: AssessmentStatus.DRAFT })
  status!: AssessmentStatus;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was completed; null for a draft.' })
  @Property({ ...moment(), nullable: true })
  completedAt!: Date | null;

  @Field(() => Int, { description: 'Goes up with every edit, of its findings too; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}

@ObjectType({ description: 'What was found of one criterion (Befund).' })
@Entity({ tableName: 'accessibility_finding' })
export class AccessibilityFinding {
  [PrimaryKeyProp]?: ['assessment', 'criterion'];

  @ManyToOne(() => AccessibilityAssessment, { primary: true, ref: true, deleteRule: 'cascade' })
  assessment!: Ref<AccessibilityAssessment>;

  @ManyToOne(() => AccessibilityCriterion, { primary: true, ref: true, index: true })
  criterion!: Ref<AccessibilityCriterion>;

  @Field(() => FindingResult, { description: 'What was found.' })
  @Enum({ items: () => FindingResult, type: 'text' })
  result!: FindingResult;

  @Field(() => Float, { nullable: true, description: 'In the unit of the criterion.' })
  @Property({ type: 'double', nullable: true })
  measured!: number | null;

  @Field(() => String, { nullable: true, description: 'What it rests on: what was seen, a photo number, a plan.' })
  @Property({ type: 'text', nullable: true })
  evidence!: string | null;
}
