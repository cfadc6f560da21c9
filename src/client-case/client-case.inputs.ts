import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { AccessibilityFeature } from '../location/location.rules.js';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { LanguageTag, MunicipalityKey } from '../shared/scalars.js';
import { ClientCase } from './client-case.entity.js';
import { ClientCaseStatus } from './client-case.rules.js';

export const ClientCaseConnection = connectionOf(ClientCase, 'clientCases');
export type ClientCaseConnection = InstanceType<typeof ClientCaseConnection>;

@InputType({ description: 'Which cases; an empty list is as if left out; all fields must hold.' })
export class ClientCaseFilter {
  @Field(() => [ClientCaseStatus], { nullable: true, description: 'At one of these.' })
  statuses?: ClientCaseStatus[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Part of its reference; capitals and strokes make no difference.',
  })
  query?: string | null;
}

@ArgsType()
export class ClientCasesArgs extends PageArgs {
  @Field(() => ClientCaseFilter, { nullable: true, description: 'All that are yours when left out.' })
  filter?: ClientCaseFilter | null;
}

@InputType({ description: 'A new case. Never a name, never a customer number.' })
export class ClientCaseOpenInput {
  @Field(() => String, { description: 'Slug of the network; you are a caseworker there.' })
  network!: string;

  @Field(() => MunicipalityKey, { description: 'Where the client lives; in the network.' })
  municipality!: string;

  @Field(() => [ID], { nullable: true, description: 'Codes of needs.' })
  needs?: string[] | null;

  @Field(() => [LanguageTag], { nullable: true, description: 'That the client speaks.' })
  languages?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'Year of birth.' })
  birthYear?: number | null;

  @Field(() => [AccessibilityFeature], { nullable: true, description: 'What the client cannot do without.' })
  accessibility?: AccessibilityFeature[] | null;
}

@InputType({ description: 'Left out = unchanged; null = emptied, where that is allowed.' })
export class ClientCaseUpdateInput {
  @Field(() => MunicipalityKey, { nullable: true, description: 'Where the client lives; in the network.' })
  municipality?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of needs.' })
  needs?: string[] | null;

  @Field(() => [LanguageTag], { nullable: true, description: 'That the client speaks.' })
  languages?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'Year of birth.' })
  birthYear?: number | null;

  @Field(() => [AccessibilityFeature], { nullable: true, description: 'What the client cannot do without.' })
  accessibility?: AccessibilityFeature[] | null;
}
