import { Field, ObjectType } from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import { MutationPayload } from '../shared/payload.js';
import { ConfirmationLink } from './confirmation-link.entity.js';

@ObjectType({ description: 'Answer to the making, or taking back, of a confirmation link.' })
export class ConfirmationLinkPayload extends MutationPayload {
  @Field(() => ConfirmationLink, { nullable: true, description: 'As it stands now; null when refused.' })
  link?: ConfirmationLink | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where to open it: what follows the address of the hub, "/bestaetigen/…". Told once, when it is made; null in a repetition with the same Idempotency-Key. It is kept nowhere.',
  })
  path?: string | null;
}

@ObjectType({ description: 'Answer to a link that was used.' })
export class ConfirmationRedeemPayload extends MutationPayload {
  @Field(() => Partner, { nullable: true, description: 'What was confirmed; null when refused.' })
  partner?: Partner | null;
}
