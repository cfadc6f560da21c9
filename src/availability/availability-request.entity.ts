import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { among, referralWall, systemPolicy } from '../shared/policies.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import { Account } from '../viewer/account.entity.js';
import { AvailabilityQuestion, asked, coordinated } from './availability-question.entity.js';

@ObjectType({ implements: Node, description: 'A question about availability, as it went to one service; its answer.' })
@Entity({
  tableName: 'availability_request',
  rowLevelSecurity: 'force',
  policies: [
    referralWall,
    { name: 'asked', using: asked },
    { name: 'addressed', using: among('partner_id', 'app.partners') },
    { name: 'coordinated', using: coordinated },
    systemPolicy,
  ],
})
@Unique({ properties: ['question', 'service'] })
@Index({ properties: ['partner', 'askedAt', 'id'] })
@Index({
  name: 'availability_request_unanswered',
  expression:
    'create index availability_request_unanswered on availability_request (partner_id, answer_by) where answered_at is null',
})
@Check({
  name: 'availability_request_answer',
  expression: `case when answered_at is null then num_nonnulls(places, free_from, expected_wait_days) = 0
    else places is not null and places >= 0 and coalesce(expected_wait_days, 0) >= 0 end`,
})
export class AvailabilityRequest extends Node {
  [OptionalProps]?: 'revision';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => AvailabilityQuestion, { ref: true })
  question!: Ref<AvailabilityQuestion>;

  // The question's, repeated: policies that looked at each other's table would go round in a circle.
  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @ManyToOne(() => Account, { ref: true, index: true })
  askedBy!: Ref<Account>;

  @ManyToOne(() => Service, { ref: true, index: true })
  service!: Ref<Service>;

  @ManyToOne(() => Partner, { ref: true })
  partner!: Ref<Partner>;

  /** 0 for the service that fitted best. */
  @Property({ type: 'integer' })
  position!: number;

  // Both as in the question, repeated for the partner's list.
  @Field(() => GraphQLDateTime, { description: 'When it was asked.' })
  @Property(moment())
  askedAt!: Date;

  @Field(() => GraphQLDateTime, {
    description: 'An answer is asked for until then; seven days more it is still taken.',
  })
  @Property(moment())
  answerBy!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the partner last answered; null = not yet.' })
  @Property({ ...moment(), nullable: true })
  answeredAt!: Date | null;

  /** As the partner says it: how much of it somebody sees is for the resolver. */
  @Property({ type: 'integer', nullable: true })
  places!: number | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The first day with a place; null = now, or not said.',
  })
  @Property({ type: 'date', nullable: true })
  freeFrom!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many days a new client waits; null = not said.' })
  @Property({ type: 'integer', nullable: true })
  expectedWaitDays!: number | null;

  @Property({ type: 'integer', version: true })
  revision!: number;
}
