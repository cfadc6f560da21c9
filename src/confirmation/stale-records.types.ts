import { ArgsType, Field, ObjectType } from 'type-graphql';
import { RecordName } from '../record/record.rules.js';
import '../record/record.enums.js';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { Freshness } from '../shared/freshness.rules.js';
import { GraphQLDateTime } from '../shared/scalars.js';

@ObjectType({ description: 'A record of the published directory that nobody has confirmed of late.' })
export class StaleRecord {
  id!: string;
  partnerId!: string;

  @Field(() => RecordName, { description: 'What kind of record.' })
  kind!: RecordName;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When its oldest group was confirmed; null: never all.',
  })
  confirmedAt!: Date | null;

  @Field(() => Freshness, { description: 'How old that is.' })
  freshness!: Freshness;
}

export const StaleRecordConnection = connectionOf(StaleRecord, 'stale-records');
export type StaleRecordConnection = InstanceType<typeof StaleRecordConnection>;

@ArgsType()
export class StaleRecordsArgs extends PageArgs {
  @Field(() => String, { description: 'Slug of a network that you coordinate.' })
  network!: string;

  @Field(() => [Freshness], { nullable: true, description: 'STALE and UNCONFIRMED when left out.' })
  freshness?: Freshness[] | null;

  @Field(() => [RecordName], { nullable: true, description: 'All when left out.' })
  kinds?: RecordName[] | null;
}
