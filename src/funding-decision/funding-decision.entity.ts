import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { ClientCase, ofOwnCase } from '../client-case/client-case.entity.js';
import '../instrument/instrument.enums.js';
import { Instrument } from '../instrument/instrument.entity.js';
import { DecisionForm } from '../instrument/instrument.rules.js';
import { Network } from '../network/network.entity.js';
import { Referral } from '../referral/referral.entity.js';
import { ofDisclosed } from '../referral/referral-disclosure.entity.js';
import { moment, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { referralWall, systemPolicy } from '../shared/policies.js';
import { AreaKey, GraphQLLocalDate } from '../shared/scalars.js';

/** SQL: told to the partner of its referral, as long as that may read of the client. */
const disclosed = `disclosed and ${ofDisclosed('funding_decision')}`;

@ObjectType({
  implements: Node,
  description:
    'What the office decided on an instrument for one client (Förderentscheidung). For caseworkers on the case; the partner of the referral that it is for reads type, period and extent, of a sensitive instrument with a consent only.',
})
@Entity({
  tableName: 'funding_decision',
  rowLevelSecurity: 'force',
  policies: [
    referralWall,
    { name: 'on_case', using: ofOwnCase },
    { name: 'disclosed', command: 'select', using: disclosed },
    systemPolicy,
  ],
})
@Index({ properties: ['clientCase', 'decidedOn', 'id'] })
@Check({ name: 'funding_decision_period', expression: 'valid_until >= valid_from' })
@Check({ name: 'funding_decision_disclosed', expression: 'not disclosed or referral_id is not null' })
@Check({
  name: 'funding_decision_numbers',
  expression:
    'weekly_hours between 1 and 60 and duration_months between 1 and 600 and months_used_before >= 0 and unemployed_months >= 0 and benefit_months >= 0',
})
export class FundingDecision extends Node {
  [OptionalProps]?: 'disclosed' | 'wentWith' | 'withdrawnOn' | 'version' | 'createdAt';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @ManyToOne(() => ClientCase, { ref: true })
  clientCase!: Ref<ClientCase>;

  @ManyToOne(() => Instrument, { ref: true, index: true })
  instrument!: Ref<Instrument>;

  @Field(() => DecisionForm, { description: 'In which form it was decided.' })
  @Enum({ items: () => DecisionForm, type: 'text' })
  form!: DecisionForm;

  @Field(() => GraphQLLocalDate, { description: 'When it was decided: the rules of this day hold for it.' })
  @Property({ type: 'date' })
  decidedOn!: string;

  @Field(() => GraphQLLocalDate, { description: 'The first day on which it holds.' })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day on which it holds; null: not limited.' })
  @Property({ type: 'date', nullable: true })
  validUntil!: string | null;

  @Field(() => [AreaKey], {
    description: 'Where it holds: keys of municipalities, districts, states; empty: everywhere.',
  })
  @Property(textArray())
  regions!: string[];

  @ManyToOne(() => Category, { ref: true, index: true, nullable: true })
  category!: Ref<Category> | null;

  @Field(() => Int, { nullable: true, description: 'How many hours a week (Umfang).' })
  @Property({ type: 'integer', nullable: true })
  weeklyHours!: number | null;

  @Field(() => Int, { nullable: true, description: 'For how many months.' })
  @Property({ type: 'integer', nullable: true })
  durationMonths!: number | null;

  @Property({ type: 'integer', nullable: true })
  monthsUsedBefore!: number | null;

  @Property({ type: 'integer', nullable: true })
  unemployedMonths!: number | null;

  @Property({ type: 'integer', nullable: true })
  benefitMonths!: number | null;

  @Field(() => String, { nullable: true, description: 'Of an order: what is to be done (Art des Auftrags).' })
  @Property({ type: 'text', nullable: true })
  orderType!: string | null;

  @ManyToOne(() => Referral, { ref: true, index: true, nullable: true })
  referral!: Ref<Referral> | null;

  /** Ids of the referrals that were sent with it, the last one too. */
  @Property({ type: 'array', columnType: 'uuid[]', defaultRaw: `'{}'` })
  wentWith!: string[];

  /** Does the partner of the referral read it? Set when that is sent. */
  @Property({ type: 'boolean', default: false })
  disclosed!: boolean;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'From this day on it holds no more (Aufhebung).' })
  @Property({ type: 'date', nullable: true })
  withdrawnOn!: string | null;

  @Field(() => Int, { description: 'Goes up with every change; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;
}
