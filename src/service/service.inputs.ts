import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { LanguageTag, MunicipalityKey } from '../shared/scalars.js';
import './service.enums.js';
import { Service } from './service.entity.js';
import { ServiceStatus } from './service.rules.js';

export const ServiceConnection = connectionOf(Service, 'services');
export type ServiceConnection = InstanceType<typeof ServiceConnection>;

@InputType({
  description:
    'Which services. Within a list any one suffices, an empty list is as if left out; all fields must hold. A category stands for its whole subtree.',
})
export class ServiceFilter {
  @Field(() => String, {
    nullable: true,
    description: "Words of its name, description, category or partner's name, or nearly so.",
  })
  query?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of categories.' })
  categories?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of needs that it is made for.' })
  needs?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of instruments by which a place may be paid.' })
  instruments?: string[] | null;

  @Field(() => [LanguageTag], { nullable: true, description: 'Spoken there.' })
  languages?: string[] | null;

  @Field(() => MunicipalityKey, { nullable: true, description: 'Whose service area includes it.' })
  municipality?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is known to have a free place; false also finds those that do not count places.',
  })
  hasFreePlaces?: boolean | null;

  @Field(() => [ServiceStatus], { nullable: true, description: 'ACTIVE and PAUSED when left out.' })
  statuses?: ServiceStatus[] | null;
}

@ArgsType()
export class ServicesArgs extends PageArgs {
  @Field(() => ServiceFilter, { nullable: true, description: 'All but the closed ones when left out.' })
  filter?: ServiceFilter | null;
}

@ArgsType()
export class NetworkServicesArgs extends ServicesArgs {
  @Field(() => String, { nullable: true, description: 'Slug of the network whose partners offer them.' })
  network?: string | null;
}

@InputType({
  description:
    'What a partner reports of its places. Left out = unchanged, and so confirmed; null = not counted, not known.',
})
export class CapacityReportInput {
  @Field(() => Int, { nullable: true, description: 'All places; null: places are not counted.' })
  total?: number | null;

  @Field(() => Int, { nullable: true, description: 'Taken by clients who came another way; null is taken for 0.' })
  occupiedElsewhere?: number | null;

  @Field(() => Int, { nullable: true, description: 'People who came another way and wait.' })
  waiting?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many days a new client waits.' })
  expectedWaitDays?: number | null;
}
