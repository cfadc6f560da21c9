import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import { findPartner } from './partner.query.js';
import { archivePartner, reactivatePartner } from './partner-archive.actions.js';
import { PartnerPayload } from './partner-payload.type.js';

@Resolver()
export class PartnerArchiveResolver {
  @Authorized(Role.COORDINATOR)
  @Mutation(() => PartnerPayload, {
    description:
      'It takes part no longer and leaves the directory; its referrals go on. For coordinators of its network.',
  })
  partnerArchive(
    @Arg('id', () => ID, { description: 'Which partner.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<PartnerPayload> {
    return payload(
      'partner',
      archivePartner(ctx, id).then(key => findPartner(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => PartnerPayload, { description: 'It takes part again. For coordinators of its network.' })
  partnerReactivate(
    @Arg('id', () => ID, { description: 'Which partner.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<PartnerPayload> {
    return payload(
      'partner',
      reactivatePartner(ctx, id).then(key => findPartner(ctx, key)),
    );
  }
}
