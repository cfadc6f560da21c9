import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { MOST_ALTERNATIVES } from '../match/match-alternatives.rules.js';
import { SearchAlternative } from '../match/match-alternatives.types.js';
import type { Context } from '../shared/context.js';
import { Referral } from './referral.entity.js';
import { alternativesToReferral } from './referral-alternatives.query.js';
import { needsAlternatives } from './referral-alternatives.view.js';

/** What to do when a referral came to nothing. */
@Resolver(() => Referral)
export class ReferralAlternativesResolver {
  @Extensions({ items: MOST_ALTERNATIVES })
  @FieldResolver(() => [SearchAlternative], {
    complexity: 2000,
    description:
      'For caseworkers on the case, once it is DECLINED, EXPIRED, CANCELLED or ABORTED as they see it, else empty: what else fits her client, without the service itself, and without those for which the case has a draft or an open referral, or had one in the last 30 days that came to nothing as well; first what fits as it is, then relaxed searches.',
  })
  alternatives(@Root() referral: Referral, @Ctx() ctx: Context): Promise<SearchAlternative[]> | SearchAlternative[] {
    return needsAlternatives(referral) ? alternativesToReferral(ctx, referral) : [];
  }
}
