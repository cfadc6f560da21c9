import { Field, ID, InputType } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';

@InputType({ description: 'An instrument by which a place at a service may be paid.' })
export class ServiceInstrumentInput {
  @Field(() => ID, { description: 'Code of the instrument.' })
  instrument!: string;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'It takes nobody without it.' })
  required?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the provider is approved for it; left out: not said.' })
  approvedProvider?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the measure is approved for it; left out: not said.' })
  approvedMeasure?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Number of the approval, such as of the measure.' })
  approvalNumber?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The first day on which it is so.' })
  validFrom?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day on which it is so.' })
  validTo?: string | null;
}
