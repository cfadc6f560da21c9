import { ArgsType, Extensions, Field, Float, ID, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { Cents, GraphQLLocalDate } from '../shared/scalars.js';
import './accessibility.enums.js';
import { AssessmentStatus, FindingResult, RemedyState } from './accessibility.rules.js';
import { AccessibilityAssessment } from './accessibility-assessment.entity.js';
import { AccessibilityRemedy } from './accessibility-remedy.entity.js';

export const AccessibilityAssessmentConnection = connectionOf(AccessibilityAssessment, 'accessibility-assessments');
export type AccessibilityAssessmentConnection = InstanceType<typeof AccessibilityAssessmentConnection>;
export const AccessibilityRemedyConnection = connectionOf(AccessibilityRemedy, 'accessibility-remedies');
export type AccessibilityRemedyConnection = InstanceType<typeof AccessibilityRemedyConnection>;

/** Characters of a text of several lines. */
const LONGEST = 1000;

@InputType({ description: 'Which assessments; all fields must hold.' })
export class AccessibilityAssessmentFilter {
  @Field(() => ID, { nullable: true, description: 'Of this location.' })
  location?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True: of the Jobcenter's sites only." })
  ofJobcenter?: boolean | null;

  @Field(() => AssessmentStatus, { nullable: true, description: 'At this status.' })
  status?: AssessmentStatus | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Assessed on this day or later.' })
  from?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Assessed on this day or earlier.' })
  until?: string | null;
}

@ArgsType()
export class AccessibilityAssessmentsArgs extends PageArgs {
  @Field(() => String, { description: 'Slug of a network of yours.' })
  network!: string;

  @Field(() => AccessibilityAssessmentFilter, { nullable: true, description: 'All when left out.' })
  filter?: AccessibilityAssessmentFilter | null;
}

@InputType({ description: 'Which remedies; all fields must hold.' })
export class AccessibilityRemedyFilter {
  @Field(() => ID, { nullable: true, description: 'At this location.' })
  location?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True: at the Jobcenter's sites only." })
  ofJobcenter?: boolean | null;

  @Field(() => [RemedyState], { nullable: true, description: 'In one of these states; empty = as if left out.' })
  states?: RemedyState[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only those to be done that are overdue.' })
  overdue?: boolean | null;
}

@ArgsType()
export class AccessibilityRemediesArgs extends PageArgs {
  @Field(() => String, { description: 'Slug of a network of yours.' })
  network!: string;

  @Field(() => AccessibilityRemedyFilter, { nullable: true, description: 'All when left out.' })
  filter?: AccessibilityRemedyFilter | null;
}

@InputType({
  description: 'Who looks when. Left out = unchanged, or none; a new one needs `assessedOn` and `assessedBy`.',
})
export class AccessibilityAssessmentInput {
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'On which day; none to come.' })
  assessedOn?: string | null;

  @Field(() => String, { nullable: true, description: 'In which function, never a name.' })
  assessedBy?: string | null;

  @Extensions({ maxLength: LONGEST })
  @Field(() => String, { nullable: true, description: 'Of the whole, up to 1,000 characters; null = emptied.' })
  note?: string | null;
}

@InputType({ description: 'What was found of one criterion.' })
export class AccessibilityFindingInput {
  @Field(() => ID, { description: 'Code of the criterion; each once.' })
  criterion!: string;

  @Field(() => FindingResult, { nullable: true, description: 'Left out where a measured value decides.' })
  result?: FindingResult | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'In the unit of the criterion. It decides: outside the limits is NOT_MET, within them MET; another `result` beside it is refused.',
  })
  measured?: number | null;

  @Extensions({ maxLength: LONGEST })
  @Field(() => String, { nullable: true, description: 'What it rests on, up to 1,000 characters.' })
  evidence?: string | null;
}

@InputType({
  description:
    'A remedy. Left out = unchanged, or as usual for a new one; a new one needs `criterion`, `description`, `responsibleBody` and `dueOn`.',
})
export class AccessibilityRemedyInput {
  @Field(() => ID, { nullable: true, description: 'Code of the criterion that is to be met.' })
  criterion?: string | null;

  @Extensions({ maxLength: LONGEST })
  @Field(() => String, { nullable: true, description: 'What is done, up to 1,000 characters.' })
  description?: string | null;

  @Field(() => Cents, { nullable: true, description: 'What it costs; null: not known.' })
  costCents?: number | null;

  @Field(() => String, { nullable: true, description: 'Which body or function sees to it, never a name.' })
  responsibleBody?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'To be done by the end of this day.' })
  dueOn?: string | null;

  @Field(() => RemedyState, { nullable: true, description: 'PLANNED for a new one.' })
  state?: RemedyState | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'When it was done, none to come: only with DONE; today where that is left out.',
  })
  doneOn?: string | null;
}
