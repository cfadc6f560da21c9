import { Field, ObjectType } from 'type-graphql';
import { MutationPayload } from '../shared/payload.js';
import { Location } from './location.entity.js';

@ObjectType({ description: 'Answer to an edit of a location.' })
export class LocationPayload extends MutationPayload {
  @Field(() => Location, { nullable: true, description: 'As it stands now; null when refused.' })
  location?: Location | null;
}
