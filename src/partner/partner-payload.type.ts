import { Field, ObjectType } from 'type-graphql';
import { MutationPayload } from '../shared/payload.js';
import { Partner } from './partner.entity.js';

@ObjectType({ description: 'Answer to an edit of a partner.' })
export class PartnerPayload extends MutationPayload {
  @Field(() => Partner, { nullable: true, description: 'As it stands now; null when refused.' })
  partner?: Partner | null;
}
