import { ArgsType, Extensions, Field, ID, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import './sharing.enums.js';
import { LONGEST_NOTE, SharingStatus } from './sharing.rules.js';
import { SharingAgreement } from './sharing-agreement.entity.js';

export const SharingAgreementConnection = connectionOf(SharingAgreement, 'sharingAgreements');
export type SharingAgreementConnection = InstanceType<typeof SharingAgreementConnection>;

@InputType({ description: 'Which agreements. All fields must hold.' })
export class SharingFilter {
  @Field(() => String, { nullable: true, description: 'Slug of the network whose partners are shared.' })
  giver?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug of the network whose caseworkers find them.' })
  receiver?: string | null;

  @Field(() => [SharingStatus], { nullable: true, description: 'At one of these today; all when left out or empty.' })
  statuses?: SharingStatus[] | null;
}

@ArgsType()
export class SharingAgreementsArgs extends PageArgs {
  @Field(() => SharingFilter, { nullable: true, description: 'All when left out.' })
  filter?: SharingFilter | null;
}

@InputType({
  description:
    'What is to be shared, with whom, when. It cannot be edited: to change it, propose another one and end this.',
})
export class SharingProposeInput {
  @Field(() => String, { description: 'Slug of the network whose partners are to be shared.' })
  giver!: string;

  @Field(() => String, { description: 'Slug of the network whose caseworkers are to find them.' })
  receiver!: string;

  @Field(() => GraphQLLocalDate, { description: 'The first day.' })
  from!: string;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The last day, not before today; left out = without an end.',
  })
  until?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Published partners of the giving network, 100 at most; left out or empty = all, also future ones.',
  })
  partners?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Codes of categories, each with all below it; left out or empty = all.',
  })
  categories?: string[] | null;

  @Extensions({ maxLength: LONGEST_NOTE })
  @Field(() => String, { nullable: true, description: 'Up to 2,000 characters, never about a person.' })
  note?: string | null;
}
