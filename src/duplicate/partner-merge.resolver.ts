import {
  Arg,
  Authorized,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import { findPartner } from '../partner/partner.query.js';
import { PartnerPayload } from '../partner/partner-payload.type.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { mergePartners } from './partner-merge.actions.js';
import { MergedPartner, MergePreview } from './partner-merge.types.js';
import { mergePreview } from './partner-merge-preview.query.js';
import { mergedInto } from './partner-merges.query.js';

@Resolver(() => Partner)
export class PartnerMergeResolver {
  @Authorized(Role.COORDINATOR)
  @Extensions({ caseData: true })
  @Query(() => MergePreview, {
    nullable: true,
    description: 'What `partnerMerge` would do, in counts. For the coordinators of the network of both; else null.',
  })
  mergePreview(
    @Arg('id', () => ID, { description: 'The partner that would stay.' }) id: string,
    @Arg('other', () => ID, { description: 'The one that it would take in.' }) other: string,
    @Ctx() ctx: Context,
  ): Promise<MergePreview | null> {
    return mergePreview(ctx, id, other);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => PartnerPayload, {
    description:
      'Makes two partners of one network one (Zusammenführen). Locations, services with places and waiting lists, referrals and members move to the one that stays, contacts are united, of two locations at one address one remains, and of two drafts of assessments that meet there the older; memberships of a consortium that overlap become one; whoever edited the other edits it. The id of the other answers it from now on, and that of a location that is joined with another answers the one that remains. There is no way back: look at `mergePreview` before. For those who coordinate both.',
  })
  partnerMerge(
    @Arg('id', () => ID, { description: 'The partner that stays.' }) id: string,
    @Arg('other', () => ID, { description: 'The one that it takes in.' }) other: string,
    @Arg('take', () => [String], {
      nullable: true,
      description: 'Fields in which it becomes as the other is, by the names in `mergePreview`; none when left out.',
    })
    take: string[] | null,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Arg('otherVersion', () => Int, { nullable: true, description: 'The version of the other that you have read.' })
    otherVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<PartnerPayload> {
    return payload(
      'partner',
      mergePartners(ctx, { id, other, take: take ?? [], expectedVersion, otherVersion }).then(key =>
        findPartner(ctx, key),
      ),
    );
  }

  @FieldResolver(() => [MergedPartner], {
    description:
      'Duplicates that were merged into it, the newest 100 first. For its editors and the coordination; else empty.',
  })
  mergedPartners(@Root() partner: Partner, @Ctx() ctx: Context): Promise<MergedPartner[]> {
    return mergedInto(ctx, partner);
  }
}
