import { Field, ID, InputType } from 'type-graphql';
import { connectionOf } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Consent } from './consent.entity.js';

export const ConsentConnection = connectionOf(Consent, 'consents');
export type ConsentConnection = InstanceType<typeof ConsentConnection>;

@InputType({ description: 'Exactly one of service and category.' })
export class ConsentRecordInput {
  @Field(() => ID, { description: 'Whose consent.' })
  clientCase!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'For this service: of the network of the case, or shared with it, or one that the case was referred to already.',
  })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Code of a category: for every service in its subtree.' })
  category?: string | null;

  @Field(() => GraphQLLocalDate, { description: 'The day on which the client agreed; not in the future.' })
  givenOn!: string;

  @Field(() => GraphQLLocalDate, { description: 'The last day on which it holds; not in the past.' })
  validUntil!: string;
}
