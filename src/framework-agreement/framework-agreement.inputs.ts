import { Extensions, Field, InputType } from 'type-graphql';
import { connectionOf } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import './framework-agreement.enums.js';
import { FrameworkAgreement } from './framework-agreement.entity.js';
import { AgreementPartyRole, MOST_PARTIES } from './framework-agreement.rules.js';

export const FrameworkAgreementConnection = connectionOf(FrameworkAgreement, 'frameworkAgreements');
export type FrameworkAgreementConnection = InstanceType<typeof FrameworkAgreementConnection>;

@InputType({ description: 'One that concluded a framework agreement.' })
export class AgreementPartyInput {
  @Extensions({ maxLength: 200 })
  @Field(() => String, { description: 'Name of the body.' })
  name!: string;

  @Field(() => AgreementPartyRole, { description: 'As what it concluded it.' })
  role!: AgreementPartyRole;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When it signed; null = not known to the day.' })
  signedOn?: string | null;
}

@InputType({ description: 'A new framework agreement.' })
export class FrameworkAgreementRegisterInput {
  @Field(() => String, { description: 'Short name: lower case, digits and hyphens; for ever.' })
  slug!: string;

  @Extensions({ maxLength: 300 })
  @Field(() => String, { description: 'Its whole title.' })
  title!: string;

  @Extensions({ maxLength: 100 })
  @Field(() => String, { description: 'The initiative that one joins with it.' })
  initiative!: string;

  @Field(() => GraphQLLocalDate, { description: 'When it was concluded.' })
  concludedOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day to accede; null = none.' })
  joinableUntil?: string | null;

  @Extensions({ maxItems: MOST_PARTIES })
  @Field(() => [AgreementPartyInput], { description: 'Who concluded it.' })
  parties!: AgreementPartyInput[];
}

@InputType({ description: 'Left out = unchanged; null = emptied, where that is allowed.' })
export class FrameworkAgreementEditInput {
  @Extensions({ maxLength: 300 })
  @Field(() => String, { nullable: true, description: 'Its whole title; cannot be emptied.' })
  title?: string | null;

  @Extensions({ maxLength: 100 })
  @Field(() => String, { nullable: true, description: 'The initiative; cannot be emptied.' })
  initiative?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day to accede; null = none.' })
  joinableUntil?: string | null;

  @Extensions({ maxItems: MOST_PARTIES })
  @Field(() => [AgreementPartyInput], { nullable: true, description: 'All that concluded it; cannot be emptied.' })
  parties?: AgreementPartyInput[] | null;
}
