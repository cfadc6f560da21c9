import { Field, ObjectType } from 'type-graphql';
import { MutationPayload } from '../shared/payload.js';
import { Service } from './service.entity.js';

@ObjectType({ description: 'Answer to an edit of a service.' })
export class ServicePayload extends MutationPayload {
  @Field(() => Service, { nullable: true, description: 'As it stands now; null when refused.' })
  service?: Service | null;
}
