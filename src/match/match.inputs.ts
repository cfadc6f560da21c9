import { ArgsType, Extensions, Field, Float, ID, InputType, Int } from 'type-graphql';
import { MOST_INSTRUMENTS } from '../instrument/service-instrument.rules.js';
import '../location/location.enums.js';
import { AccessibilityFeature } from '../location/location.rules.js';
import { PageArgs } from '../shared/connection.js';
import { LanguageTag, MunicipalityKey } from '../shared/scalars.js';

@InputType({ description: 'A place on earth, in degrees (WGS 84).' })
export class GeoPointInput {
  @Field(() => Float, { description: 'North, −90 to 90.' })
  latitude!: number;

  @Field(() => Float, { description: 'East, −180 to 180.' })
  longitude!: number;
}

@InputType({ description: 'An instrument by which a place is to be paid.' })
export class InstrumentWishInput {
  @Field(() => ID, { description: 'Code of the instrument.' })
  instrument!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'Months that were used of it within the period that its rule names: of what ended early (vorzeitig beendet) those up to its end.',
  })
  monthsUsed?: number | null;

  @Field(() => Int, { nullable: true, description: 'Months that are planned.' })
  durationMonths?: number | null;
}

@InputType({ description: 'What a client needs and where. What is left out is not asked for.' })
export class ServiceMatchInput {
  @Field(() => [String], {
    nullable: true,
    description:
      'Slugs; when left out, the networks in which the viewer is a caseworker and what others share with them (`sharedUnder`), for everybody else all.',
  })
  networks?: string[] | null;

  @Field(() => ID, { description: 'Code of the category; everything below it fits too.' })
  category!: string;

  @Field(() => [ID], { nullable: true, description: 'Codes of what the client brings along; counts for the score.' })
  needs?: string[] | null;

  @Field(() => MunicipalityKey, { description: 'Where the client lives.' })
  municipality!: string;

  @Field(() => GeoPointInput, {
    nullable: true,
    description: "Where distances are measured from; the municipality's centre when left out.",
  })
  near?: GeoPointInput | null;

  @Field(() => [LanguageTag], { nullable: true, description: 'Any one of them suffices.' })
  languages?: string[] | null;

  @Field(() => [AccessibilityFeature], { nullable: true, description: 'Must all be known to be there.' })
  accessibility?: AccessibilityFeature[] | null;

  @Field(() => [AccessibilityFeature], { nullable: true, description: 'Counts for the score.' })
  preferredAccessibility?: AccessibilityFeature[] | null;

  @Field(() => Int, { nullable: true, description: 'Of the client, in years, 0 to 130.' })
  age?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Of the nearest suitable site; online and outreach are never too far.',
  })
  maximumDistanceKm?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Only services that are known to have a free place.',
  })
  requireFreePlace?: boolean | null;

  @Extensions({ maxItems: MOST_INSTRUMENTS })
  @Field(() => [InstrumentWishInput], {
    nullable: true,
    description: 'By which instruments the place is to be paid, all of them together; left out or empty: not asked.',
  })
  instruments?: InstrumentWishInput[] | null;

  @Field(() => Int, { nullable: true, description: 'Months without work, which some instruments ask for.' })
  unemployedMonths?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Months with benefit (Leistungsbezug) within the period that the instrument's rule names.",
  })
  benefitMonths?: number | null;
}

@ArgsType()
export class ServiceMatchesArgs extends PageArgs {
  @Field(() => ServiceMatchInput, { description: 'What is looked for.' })
  input!: ServiceMatchInput;
}
