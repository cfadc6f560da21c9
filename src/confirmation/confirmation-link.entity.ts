import { Check, Entity, Enum, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import { FieldGroup } from '../record/record.rules.js';
import { moment, textArray, uuid } from '../shared/columns.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import { Account } from '../viewer/account.entity.js';
import './confirmation.enums.js';
import { LinkPurpose } from './confirmation-link.rules.js';

@ObjectType({
  description:
    'A link that confirms once, within seven days, without sign-in (Bestätigungslink). For those who may make one.',
})
@Entity({ tableName: 'confirmation_link' })
@Check({ name: 'confirmation_link_ends_once', expression: 'used_at is null or revoked_at is null' })
export class ConfirmationLink {
  @PrimaryKey(uuid())
  @Field(() => ID, { description: 'For `confirmationLinkRevoke`.' })
  id!: string;

  @ManyToOne(() => Partner, { ref: true, index: true })
  partner!: Ref<Partner>;

  /** SHA-256 of the token, in hex. The token itself is kept nowhere. */
  @Property({ type: 'text' })
  @Unique()
  tokenHash!: string;

  @Enum({ items: () => LinkPurpose, type: 'text', default: LinkPurpose.CONFIRM })
  purpose!: LinkPurpose;

  @Field(() => [FieldGroup], { description: 'What it confirms, of the partner, its locations and services.' })
  @Property(textArray())
  groups!: FieldGroup[];

  @ManyToOne(() => Account, { ref: true, index: true, nullable: true })
  createdBy!: Ref<Account> | null;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Property(moment())
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'From then on it does nothing.' })
  @Property(moment())
  expiresAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it confirmed.' })
  @Property({ ...moment(), nullable: true })
  usedAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was taken back.' })
  @Property({ ...moment(), nullable: true })
  revokedAt!: Date | null;
}
