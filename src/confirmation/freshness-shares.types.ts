import { Field, Float, Int, ObjectType } from 'type-graphql';
import '../partner/partner.enums.js';
import { Freshness } from '../shared/freshness.rules.js';
import './freshness-subject.enums.js';
import { FreshnessSubject } from './freshness-subject.rules.js';

@ObjectType({ description: 'How many are so fresh.' })
export class FreshnessBand {
  @Field(() => Freshness, { description: 'How fresh.' })
  freshness!: Freshness;

  @Field(() => Int, { description: 'How many.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: 'Of all, 0 to 1; null where there are none.' })
  share!: number | null;
}

@ObjectType({ description: 'How fresh the published directory of a network is, in one respect.' })
export class FreshnessShares {
  @Field(() => FreshnessSubject, { description: 'In which.' })
  subject!: FreshnessSubject;

  @Field(() => Int, { description: 'All of them.' })
  total!: number;

  @Field(() => [FreshnessBand], { description: 'Each band, the freshest first.' })
  bands!: FreshnessBand[];
}
