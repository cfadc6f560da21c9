import { Field, ID, InputType, Int } from 'type-graphql';
import { CONFIRM } from '../confirmation/confirm-argument.js';
import '../confirmation/confirmation.enums.js';
import { FieldGroup } from '../record/record.rules.js';
import { CapacityReportInput } from '../service/service.inputs.js';
import { ServiceInput } from '../service/service-edit.inputs.js';
import { EXPECTED_VERSION } from '../shared/version.js';

@InputType({ description: 'One of many edits.' })
export class ServiceEditInput {
  @Field(() => ID, { description: 'Which service.' })
  id!: string;

  @Field(() => ServiceInput, { description: 'What changes.' })
  input!: ServiceInput;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;

  @Field(() => [FieldGroup], CONFIRM)
  confirm?: FieldGroup[] | null;
}

@InputType({ description: 'One of many reports of places.' })
export class ServiceCapacityReportInput {
  @Field(() => ID, { description: 'Which service.' })
  id!: string;

  @Field(() => CapacityReportInput, { description: 'What changes; left out = unchanged, and so confirmed.' })
  input!: CapacityReportInput;
}
