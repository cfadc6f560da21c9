import { ArgsType, Extensions, Field, ID, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Accession } from './accession.entity.js';
import './accession.enums.js';
import {
  AccessionConsentResult,
  AccessionStatus,
  ConsentingBody,
  MOST_ITEMS,
  ResolutionKind,
} from './accession.rules.js';

export const AccessionConnection = connectionOf(Accession, 'accessions');
export type AccessionConnection = InstanceType<typeof AccessionConnection>;

@InputType({ description: 'Which accessions; all fields must hold.' })
export class AccessionFilter {
  @Field(() => String, { nullable: true, description: 'Short name of the framework agreement.' })
  agreement?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug of the network.' })
  network?: string | null;

  @Field(() => [AccessionStatus], {
    nullable: true,
    description: 'Standing at one of these today; an empty list is as if left out.',
  })
  statuses?: AccessionStatus[] | null;
}

@ArgsType()
export class AccessionsArgs extends PageArgs {
  @Field(() => AccessionFilter, { nullable: true, description: 'All that you may see when left out.' })
  filter?: AccessionFilter | null;
}

@InputType({ description: 'The beginning of an accession.' })
export class AccessionPrepareInput {
  @Field(() => String, { description: 'Slug of a network that you coordinate.' })
  network!: string;

  @Field(() => String, { description: 'Short name of the framework agreement.' })
  agreement!: string;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The last day to declare it; that of the agreement when left out.',
  })
  deadline?: string | null;
}

@InputType({ description: 'One measure of the catalogue.' })
export class AccessionItemInput {
  @Extensions({ maxLength: 1000 })
  @Field(() => String, { description: 'What is to be done.' })
  text!: string;

  @Extensions({ maxLength: 1000 })
  @Field(() => String, { description: 'What it is to reach.' })
  goal!: string;
}

@InputType({ description: 'Left out = unchanged; null = emptied, where that is allowed.' })
export class AccessionEditInput {
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day to declare it; cannot be emptied.' })
  deadline?: string | null;

  @Extensions({ maxItems: MOST_ITEMS })
  @Field(() => [AccessionItemInput], { nullable: true, description: 'The whole catalogue; not once it is declared.' })
  catalogue?: AccessionItemInput[] | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description:
      'Since when there is this catalogue; of another one today when left out. One of a later day follows the one before, which is kept with its days; one of the same or an earlier day corrects it.',
  })
  catalogueOn?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The logo may be used from this day; once acceded.' })
  logoFrom?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Up to and including this day; null = open.' })
  logoUntil?: string | null;
}

@InputType({
  description:
    'A body that must agree, and what it decided. Of one named already a decision of a later day follows the one before, which is kept; one of the same or an earlier day corrects it; PENDING takes all back.',
})
export class AccessionConsentInput {
  @Field(() => ConsentingBody, { description: 'Which of the two.' })
  kind!: ConsentingBody;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { description: 'Name of the body.' })
  name!: string;

  @Field(() => AccessionConsentResult, { description: 'What it decided.' })
  result!: AccessionConsentResult;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When; needed unless it is pending.' })
  decidedOn?: string | null;

  @Extensions({ maxLength: 100 })
  @Field(() => String, { nullable: true, description: 'File number (Aktenzeichen).' })
  fileNumber?: string | null;
}

@InputType({ description: 'A paper of an accession.' })
export class AccessionResolutionInput {
  @Field(() => ID, { description: 'Id of the accession.' })
  accession!: string;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { description: 'Who wrote or decided it; a body, never a person.' })
  body!: string;

  @Field(() => ResolutionKind, { description: 'What kind of paper.' })
  kind!: ResolutionKind;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { nullable: true, description: 'What it says, in a sentence.' })
  subject?: string | null;

  @Extensions({ maxLength: 100 })
  @Field(() => String, { nullable: true, description: 'File number.' })
  fileNumber?: string | null;

  @Field(() => GraphQLLocalDate, { description: 'Its day, not in the future.' })
  resolvedOn!: string;
}

@InputType({ description: 'The accession is confirmed.' })
export class AccessionConfirmInput {
  @Field(() => GraphQLLocalDate, { description: 'Member since; not before it was declared, not in the future.' })
  accededOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The logo may be used from this day.' })
  logoFrom?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Up to and including this day; null = open.' })
  logoUntil?: string | null;
}
