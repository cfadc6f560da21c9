import { Field, Int, ObjectType } from 'type-graphql';
import { DemandShare } from './demand-share.entity.js';

@ObjectType({ description: 'How many people of a share live somewhere, estimated from those who receive benefits.' })
export class EstimatedDemand {
  @Field(() => DemandShare, { description: 'By which share.' })
  share!: DemandShare;

  @Field(() => Int, {
    nullable: true,
    description: 'SGB II recipients of the municipalities where they are counted; null where they are in none.',
  })
  recipients!: number | null;

  @Field(() => Int, { nullable: true, description: 'The share of them, in whole people.' })
  people!: number | null;

  @Field(() => Int, { description: 'Municipalities whose number the statistics office suppresses: not in the sum.' })
  uncounted!: number;
}
