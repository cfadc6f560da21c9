import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { moment, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Team } from '../team/team.entity.js';
import type { AuditQuestion } from './self-audit.rules.js';

@ObjectType({
  description:
    'A questionnaire with which teams look at themselves (Selbstprüfung), in editions: a question with the same code is the same question in all of them.',
})
@Entity({ tableName: 'self_audit_questionnaire' })
@Check({ name: 'self_audit_questionnaire_edition', expression: 'edition > 0' })
@Check({ name: 'self_audit_questionnaire_code', expression: `code ~ '^[a-z][a-z0-9-]*$'` })
@Unique({ properties: ['code', 'edition'] })
export class SelfAuditQuestionnaire {
  [OptionalProps]?: 'createdAt';

  @Field(() => ID, { description: 'UUID of this edition.' })
  @PrimaryKey(uuid())
  id!: string;

  @Field(() => String, { description: 'The same for all editions, for example "miar".' })
  @Property({ type: 'text' })
  code!: string;

  @Field(() => Int, { description: 'Which edition: 1 and up.' })
  @Property({ type: 'integer' })
  edition!: number;

  @Field(() => String, { description: 'What it is called.' })
  @Property({ type: 'text' })
  title!: string;

  @Property({ type: 'json' })
  questions!: AuditQuestion[];

  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;
}

@ObjectType({
  implements: Node,
  description: 'A questionnaire as one team filled it in on one day. For caseworkers and coordinators of the network.',
})
@Entity({ tableName: 'self_audit' })
@Unique({ properties: ['team', 'questionnaire', 'filledOn'] })
@Index({ properties: ['filledOn', 'id'] })
export class SelfAudit extends Node {
  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Team, { ref: true })
  team!: Ref<Team>;

  @ManyToOne(() => SelfAuditQuestionnaire, { ref: true, index: true })
  questionnaire!: Ref<SelfAuditQuestionnaire>;

  @Field(() => GraphQLLocalDate, { description: 'On which day.' })
  @Property({ type: 'date' })
  filledOn!: string;
}

@ObjectType({ description: 'What a team answered to one question.' })
@Entity({ tableName: 'self_audit_answer' })
export class SelfAuditAnswer {
  [PrimaryKeyProp]?: ['audit', 'question'];

  @ManyToOne(() => SelfAudit, { primary: true, ref: true, deleteRule: 'cascade' })
  audit!: Ref<SelfAudit>;

  @Field(() => String, { description: 'Code of the question.' })
  @PrimaryKey({ type: 'text' })
  question!: string;

  @Field(() => Int, { nullable: true, description: 'On the scale of the question; null: it could not be answered.' })
  @Property({ type: 'integer', nullable: true })
  value!: number | null;

  @Field(() => String, { nullable: true, description: 'In words, never about a person.' })
  @Property({ type: 'text', nullable: true })
  note!: string | null;
}
