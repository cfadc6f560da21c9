import { Field, ID, ObjectType } from 'type-graphql';
import { MutationPayload } from '../shared/payload.js';
import { AccessibilityAssessment } from './accessibility-assessment.entity.js';
import { AccessibilityRemedy } from './accessibility-remedy.entity.js';

@ObjectType({ description: 'Answer to a change of an assessment.' })
export class AccessibilityAssessmentPayload extends MutationPayload {
  @Field(() => AccessibilityAssessment, { nullable: true, description: 'As it stands now; null when refused.' })
  assessment?: AccessibilityAssessment | null;
}

@ObjectType({ description: 'Answer to the discarding of a draft.' })
export class AccessibilityAssessmentDiscardPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'The id that it had; null when refused.' })
  discardedId?: string | null;
}

@ObjectType({ description: 'Answer to a change of a remedy.' })
export class AccessibilityRemedyPayload extends MutationPayload {
  @Field(() => AccessibilityRemedy, { nullable: true, description: 'As it stands now; null when refused.' })
  remedy?: AccessibilityRemedy | null;
}
