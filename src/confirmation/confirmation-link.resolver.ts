import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import { findPartner } from '../partner/partner.query.js';
import { FieldGroup } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import { mayMakeLinks } from './confirmation-link.access.js';
import { createConfirmationLink, redeemConfirmationLink, revokeConfirmationLink } from './confirmation-link.actions.js';
import { ConfirmationLink } from './confirmation-link.entity.js';
import { ConfirmationLinkPayload, ConfirmationRedeemPayload } from './confirmation-link.types.js';

@Resolver(() => Partner)
export class ConfirmationLinkResolver {
  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => ConfirmationLinkPayload, {
    description:
      "Makes a link by which whoever holds it confirms the partner's records, its locations and services among them, once, within seven days, without sign-in. For its editors and the coordinators of its network. It opens a page for people; see also `confirmationLinkRedeem`.",
  })
  confirmationLinkCreate(
    @Arg('partner', () => ID, { description: 'Whose records.' }) partner: string,
    @Arg('groups', () => [FieldGroup], { nullable: true, description: 'Which fields; all when left out.' })
    groups: FieldGroup[] | null,
    @Ctx() ctx: Context,
  ): Promise<ConfirmationLinkPayload> {
    return createConfirmationLink(ctx, partner, groups).then(
      async ({ id, path }) => ({ link: await ctx.em.findOneOrFail(ConfirmationLink, { id }), path, userErrors: [] }),
      error => payload('link', Promise.reject<ConfirmationLink>(error)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => ConfirmationLinkPayload, {
    description: 'Takes a link back that was not used. For whoever may make one for this partner.',
  })
  confirmationLinkRevoke(
    @Arg('id', () => ID, { description: 'Which link.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<ConfirmationLinkPayload> {
    return payload(
      'link',
      revokeConfirmationLink(ctx, id).then(key => ctx.em.findOneOrFail(ConfirmationLink, { id: key })),
    );
  }

  @Mutation(() => ConfirmationRedeemPayload, {
    description:
      'Confirms what the link is for, once. Open to anybody who holds it. NOT_FOUND for a token that never was, was used, was taken back or has expired: all alike.',
  })
  confirmationLinkRedeem(
    @Arg('token', () => String, { description: 'What follows the last slash of its path.' }) token: string,
    @Ctx() ctx: Context,
  ): Promise<ConfirmationRedeemPayload> {
    return payload(
      'partner',
      redeemConfirmationLink(ctx, token).then(key => findPartner(ctx, key)),
    );
  }

  @FieldResolver(() => [ConfirmationLink], {
    nullable: true,
    description: 'Confirmation links that are open, the newest first, 20 at most. Null for who may make none.',
  })
  async confirmationLinks(@Root() partner: Partner, @Ctx() ctx: Context): Promise<ConfirmationLink[] | null> {
    const owners = { partner: partner.id, network: partner.network.id };
    return mayMakeLinks(ctx.viewer, owners) ? ctx.loaders.openLinksOfPartner(ctx.now).load(partner.id) : null;
  }
}
