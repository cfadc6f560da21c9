import { Entity, Enum, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import { RecordName } from '../record/record.rules.js';
import '../record/record.enums.js';
import { moment, uuid } from '../shared/columns.js';
import { GraphQLDateTime } from '../shared/scalars.js';

@ObjectType({ description: 'A record that nobody has confirmed for months (Erinnerung). Gone with its confirmation.' })
@Entity({ tableName: 'record_reminder' })
@Unique({ properties: ['record', 'since', 'months'] })
export class RecordReminder {
  @PrimaryKey(uuid())
  id!: string;

  @Field(() => RecordName, { description: 'What kind of record.' })
  @Enum({ items: () => RecordName, type: 'text' })
  kind!: RecordName;

  /** Id of the partner, location or service. */
  @Property({ type: 'uuid', fieldName: 'record_id' })
  record!: string;

  @ManyToOne(() => Partner, { ref: true, index: true })
  partner!: Ref<Partner>;

  @Field(() => GraphQLDateTime, { description: 'When it was last confirmed, or made, if it never was.' })
  @Property(moment())
  since!: Date;

  @Field(() => Int, { description: 'So many months ago that is: 6 or 12.' })
  @Property({ type: 'integer' })
  months!: number;

  @Field(() => GraphQLDateTime, { description: 'When these months were over, in Berlin.' })
  @Property(moment())
  dueAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When the hub noticed.' })
  @Property(moment())
  at!: Date;
}
