import { Extensions, Field, Int, ObjectType } from 'type-graphql';
import { FieldDiff } from '../proposal/proposal.types.js';
import { Service } from '../service/service.entity.js';
import { UserError } from '../shared/errors.js';
import { MutationPayload } from '../shared/payload.js';
import './service-table.enums.js';
import { RowOutcome } from './service-table.rules.js';

@ObjectType({ description: 'What became of one of many edits.' })
export class ServiceRowResult {
  @Field(() => Int, { description: 'Its place in the list, from 0; of a table its row as a spreadsheet counts.' })
  row!: number;

  @Field(() => RowOutcome, { description: 'What became of it.' })
  outcome!: RowOutcome;

  @Field(() => Service, { nullable: true, description: 'As it stands now; null where there is none, or not for you.' })
  service?: Service | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the service is called, or, of a trial or a refused new one, would be; null where nothing says so.',
  })
  name?: string | null;

  @Extensions({ items: 25 })
  @Field(() => [FieldDiff], {
    description:
      'What changed, or in a trial would, field by field, reports of places of a table among them; of a new one all that it says. Empty where it was refused.',
  })
  changes!: FieldDiff[];

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserError[];
}

@ObjectType({
  description: 'Answer to many edits of services: a result for each. Those refused keep no other from being stored.',
})
export class ServiceRowsPayload extends MutationPayload {
  @Field(() => [ServiceRowResult], {
    nullable: true,
    description: 'In their order; null when all was refused as a whole.',
  })
  rows?: ServiceRowResult[] | null;
}
