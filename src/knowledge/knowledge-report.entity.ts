import { Check, Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Team } from '../team/team.entity.js';
import { TrainingTopic } from '../training/training-topic.entity.js';

/** What a team says of its own knowledge on one day: counts, no names. The latest one holds. */
@Entity({ tableName: 'knowledge_report' })
@Check({ name: 'knowledge_report_counts', expression: 'declared >= 0 and used >= 0' })
export class KnowledgeReport {
  [PrimaryKeyProp]?: ['team', 'topic', 'reportedOn'];

  @ManyToOne(() => Team, { primary: true, ref: true })
  team!: Ref<Team>;

  @ManyToOne(() => TrainingTopic, { primary: true, ref: true, index: true })
  topic!: Ref<TrainingTopic>;

  @Property({ type: 'date', primary: true })
  reportedOn!: string;

  /** How many say that they know about it. */
  @Property({ type: 'integer' })
  declared!: number;

  /** How many used it in the six months before. */
  @Property({ type: 'integer' })
  used!: number;
}
