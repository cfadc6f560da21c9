import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { moment, uuid } from '../shared/columns.js';
import { referralWall, systemPolicy } from '../shared/policies.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import { Account } from '../viewer/account.entity.js';
import '../referral/referral.enums.js';
import { Referral } from '../referral/referral.entity.js';
import { Party } from '../referral/referral.rules.js';
import { ofDisclosed, onCase } from '../referral/referral-disclosure.entity.js';
import type { Side } from './referral-message.rules.js';

/** SQL: written while the referral went on, and its client may still be read by a partner of the viewer. */
const heard = `not unheard and ${ofDisclosed('referral_message')}`;

@ObjectType({ description: 'What one side of a referral wrote to the other (Nachricht).' })
@Entity({
  tableName: 'referral_message',
  rowLevelSecurity: 'force',
  policies: [referralWall, { name: 'on_case', using: onCase }, { name: 'disclosed', using: heard }, systemPolicy],
})
@Index({ properties: ['referral', 'sentAt', 'id'] })
@Index({
  name: 'referral_message_unread',
  expression: 'create index referral_message_unread on referral_message (referral_id) where read_at is null',
})
@Check({ name: 'referral_message_length', expression: 'char_length(text) between 1 and 2000' })
export class ReferralMessage {
  [OptionalProps]?: 'unheard' | 'revision' | 'unread';

  @Field(() => ID, { description: 'UUID.' })
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Referral, { ref: true, deleteRule: 'cascade' })
  referral!: Ref<Referral>;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @ManyToOne(() => Partner, { ref: true, index: true })
  partner!: Ref<Partner>;

  @Field(() => Party, { description: 'On whose side it was written: CASEWORKER or PARTNER.' })
  @Enum({ items: [Party.CASEWORKER, Party.PARTNER], type: 'text' })
  by!: Side;

  /** Told to nobody: the sides talk, not the people. */
  @ManyToOne(() => Account, { ref: true, index: true })
  author!: Ref<Account>;

  @Field(() => String, { description: 'As it was written, up to 2,000 characters.' })
  @Property({ type: 'text' })
  text!: string;

  @Field(() => GraphQLDateTime, { description: 'When.' })
  @Property({ ...moment() })
  sentAt!: Date;

  /** By whoever on the other side came first. Never shown to the side that wrote it. */
  @Property({ ...moment(), nullable: true })
  readAt!: Date | null;

  /** Written by the caseworker after an end that she does not see: the partner does not read it, unless it is reopened. */
  @Property({ type: 'boolean', default: false })
  unheard!: boolean;

  @Property({ type: 'integer', version: true })
  revision!: number;

  /** On which side the viewer reads it; filled by whoever loads it. */
  @Property({ persist: false, type: 'unknown' })
  reader?: Side;

  @Field(() => Boolean, { description: "Nobody on the viewer's side has read it yet; false for what that side wrote." })
  get unread(): boolean {
    return this.by !== this.reader && this.readAt === null;
  }
}
