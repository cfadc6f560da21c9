import { Field, ObjectType } from 'type-graphql';
import { MutationPayload } from '../shared/payload.js';
import { JobOpening } from './job-opening.entity.js';

@ObjectType({ description: 'Answer to an edit of a job opening.' })
export class JobOpeningPayload extends MutationPayload {
  @Field(() => JobOpening, { nullable: true, description: 'As it stands now; null when refused.' })
  jobOpening?: JobOpening | null;
}
