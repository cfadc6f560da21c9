import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import { ServiceInstrumentInput } from '../instrument/service-instrument.inputs.js';
import { OpeningHoursEditInput } from '../opening-hours/opening-hours.inputs.js';
import { ContactInput } from '../partner/contact.inputs.js';
import { GraphQLLocalDate, LanguageTag } from '../shared/scalars.js';
import './service.enums.js';
import { DeliveryMode, FeedbackLevel, ServiceStatus } from './service.rules.js';
import { CostInput, RequiredDocumentInput, ServiceCriterionInput } from './service-terms.inputs.js';

@InputType({
  description:
    'A service. Left out = unchanged, or as usual for a new one; null = emptied, where that is allowed. Lists replace what was there. A new one needs `name` and `feedbackLevel`; one that is ACTIVE a category and a language.',
})
export class ServiceInput extends OpeningHoursEditInput {
  @Field(() => String, { nullable: true, description: 'As the partner calls it, 2 to 200 characters.' })
  name?: string | null;

  @Extensions({ maxLength: 4000 })
  @Field(() => String, { nullable: true, description: 'What it is, up to 4,000 characters.' })
  description?: string | null;

  @Field(() => ServiceStatus, {
    nullable: true,
    description: 'ACTIVE for a new one. CLOSED as by `serviceArchive`; ACTIVE takes that back.',
  })
  status?: ServiceStatus | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Takes nobody up to and including this day.' })
  intakePausedUntil?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of what kind of offer it is, 20 at most.' })
  categories?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of the needs it is made for; empty = no particular ones.' })
  needs?: string[] | null;

  @Field(() => [LanguageTag], { nullable: true, description: 'Spoken there.' })
  languages?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Other languages through an interpreter.' })
  interpretation?: boolean | null;

  @Field(() => [DeliveryMode], { nullable: true, description: 'How it reaches people.' })
  deliveryModes?: DeliveryMode[] | null;

  @Field(() => Int, { nullable: true, description: 'In years, 0 to 120; null: no lower limit.' })
  minimumAge?: number | null;

  @Field(() => Int, { nullable: true, description: 'In years, inclusive, 0 to 120; null: no upper limit.' })
  maximumAge?: number | null;

  @Field(() => [ServiceCriterionInput], { nullable: true, description: 'Whom it takes, or does not; 30 at most.' })
  criteria?: ServiceCriterionInput[] | null;

  @Field(() => [CostInput], { nullable: true, description: 'What it costs, 30 at most.' })
  costs?: CostInput[] | null;

  @Field(() => [RequiredDocumentInput], { nullable: true, description: 'What to bring along, 30 at most.' })
  requiredDocuments?: RequiredDocumentInput[] | null;

  @Field(() => [ServiceInstrumentInput], {
    nullable: true,
    description: 'By which instruments a place may be paid, 20 at most.',
  })
  instruments?: ServiceInstrumentInput[] | null;

  @Extensions({ maxLength: 2000 })
  @Field(() => String, { nullable: true, description: 'How to apply, up to 2,000 characters.' })
  howToApply?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it puts people on a waiting list when it is full.' })
  keepsWaitingList?: boolean | null;

  @Field(() => FeedbackLevel, {
    nullable: true,
    description:
      'What it tells the caseworker of a client; with a category under professional secrecy RECEIVED_ONLY at most. Referrals that were sent keep the level of their sending.',
  })
  feedbackLevel?: FeedbackLevel | null;

  @Field(() => [ID], { nullable: true, description: "Where it takes place: ids of the partner's own locations." })
  locations?: string[] | null;

  @Extensions({ maxItems: 500 })
  @Field(() => [String], {
    nullable: true,
    description:
      'Where its clients may live: keys of municipalities (8 digits), districts (5), states (2); 500 at most.',
  })
  serviceArea?: string[] | null;

  @Field(() => [ContactInput], { nullable: true, description: 'Whom to turn to with what, 20 at most.' })
  contacts?: ContactInput[] | null;

  @Field(() => String, { nullable: true, description: 'For enquiries about it.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'For enquiries about it: digits, blanks and + ( ) / - only.' })
  phone?: string | null;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { nullable: true, description: 'Its own address on the web, with https:// or http://.' })
  website?: string | null;
}
