import { Extensions, Field, Float, InputType } from 'type-graphql';
import { OpeningHoursEditInput } from '../opening-hours/opening-hours.inputs.js';
import { GraphQLLocalDate, MunicipalityKey } from '../shared/scalars.js';
import './location.enums.js';
import { AccessibilityFeature, FeatureState, LocationStatus } from './location.rules.js';

@InputType({ description: 'What is known of one feature at one location.' })
export class AccessibilityInput {
  @Field(() => AccessibilityFeature, { description: 'Which feature; each once.' })
  feature!: AccessibilityFeature;

  @Field(() => FeatureState, { description: 'Whether it is there.' })
  state!: FeatureState;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When somebody looked; no day to come.' })
  assessedOn?: string | null;
}

@InputType({
  description:
    'A location. Left out = unchanged, or as usual for a new one; null = emptied, where that is allowed. A new one needs `city` and `municipality`.',
})
export class LocationInput extends OpeningHoursEditInput {
  @Field(() => String, { nullable: true, description: 'What the partner calls this place, if it has several.' })
  name?: string | null;

  @Field(() => LocationStatus, {
    nullable: true,
    description: 'ACTIVE for a new one. ARCHIVED as by `locationArchive`; ACTIVE takes that back.',
  })
  status?: LocationStatus | null;

  @Field(() => String, { nullable: true, description: 'Street and house number.' })
  street?: string | null;

  @Field(() => String, { nullable: true, description: 'Five digits.' })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Town.' })
  city?: string | null;

  @Field(() => MunicipalityKey, { nullable: true, description: 'Where it lies.' })
  municipality?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'North, about 47 to 55, near its municipality; never without `longitude`.',
  })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'East, about 6 to 15; never without `latitude`.' })
  longitude?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Nobody is told street, postal code, position and directions (a women's shelter), not even in the answer; false for a new one.",
  })
  addressProtected?: boolean | null;

  @Extensions({ maxLength: 2000 })
  @Field(() => String, { nullable: true, description: 'How to get there, up to 2,000 characters.' })
  directions?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this place.' })
  phone?: string | null;

  @Field(() => [AccessibilityInput], {
    nullable: true,
    description: 'What is known of its features; replaces all. A feature that is not in the list is UNKNOWN.',
  })
  accessibility?: AccessibilityInput[] | null;
}
