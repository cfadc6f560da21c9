import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { MutationPayload } from '../shared/payload.js';
import { ImportFinding, ImportJob } from './import-job.entity.js';

export const ImportJobConnection = connectionOf(ImportJob, 'imports');
export type ImportJobConnection = InstanceType<typeof ImportJobConnection>;

export const ImportFindingConnection = connectionOf(ImportFinding, 'import-findings');
export type ImportFindingConnection = InstanceType<typeof ImportFindingConnection>;

@ArgsType()
export class ImportJobsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Slug of the network; all that you coordinate when left out.' })
  network?: string | null;
}

@ArgsType()
export class ImportFindingsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only those of this code.' })
  code?: string | null;
}

@ObjectType({ description: 'What became of the organisations, locations or services of an import.' })
export class ImportCount {
  @Field(() => String, { description: 'organizations, locations or services.' })
  table!: string;

  @Field(() => Int, { description: 'Of which something is new or otherwise since the last import.' })
  changed!: number;

  @Field(() => Int, { description: 'New records.' })
  created!: number;

  @Field(() => Int, { description: 'Records of which something was taken over.' })
  updated!: number;

  @Field(() => Int, { description: 'Of which people here have said otherwise since: proposals.' })
  contested!: number;

  @Field(() => Int, { description: 'Not taken; findings say why.' })
  refused!: number;
}

@ObjectType({ description: 'How often something was found.' })
export class ImportFindingCount {
  @Field(() => String, { description: 'The code.' })
  code!: string;

  @Field(() => String, { description: 'The worst with which it occurred: ERROR, WARNING or NOTICE.' })
  severity!: string;

  @Field(() => Int, { description: 'How often, also where not all of them are kept.' })
  count!: number;

  @Field(() => String, { description: 'A sentence for people, in German.' })
  message!: string;
}

@ObjectType({ description: 'Answer to a step of an import.' })
export class ImportPayload extends MutationPayload {
  @Field(() => ImportJob, { nullable: true, description: 'As it stands now; null when refused.' })
  importJob?: ImportJob | null;
}
