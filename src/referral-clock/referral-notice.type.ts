import { Field, ID, ObjectType } from 'type-graphql';
import { GraphQLDateTime } from '../shared/scalars.js';
import { NoticeKind } from './referral-notice.rules.js';

@ObjectType('ReferralNotice', { description: 'What the hub told one side of a referral, without a step of the other.' })
export class ReferralNoticeType {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field(() => NoticeKind, { description: 'Why.' })
  kind!: NoticeKind;

  @Field(() => GraphQLDateTime, { description: 'The deadline that it speaks of.' })
  dueAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was told.' })
  at!: Date;
}
