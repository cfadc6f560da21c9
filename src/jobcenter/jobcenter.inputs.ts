import { Field, InputType } from 'type-graphql';
import { connectionOf } from '../shared/connection.js';
import '../geography/geography.enums.js';
import { JobcenterForm } from '../geography/geography.rules.js';
import { Jobcenter } from './jobcenter.entity.js';

export const JobcenterConnection = connectionOf(Jobcenter, 'jobcenters');
export type JobcenterConnection = InstanceType<typeof JobcenterConnection>;

@InputType({ description: 'What there is to say of a Jobcenter beside its record as a partner.' })
export class JobcenterInput {
  @Field(() => JobcenterForm, { description: 'Who runs it.' })
  form!: JobcenterForm;
}
