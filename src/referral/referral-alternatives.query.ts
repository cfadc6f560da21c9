import type { ClientCase } from '../client-case/client-case.entity.js';
import type { Question } from '../match/match.rules.js';
import { alternativesTo } from '../match/match-alternatives.query.js';
import type { SearchAlternative } from '../match/match-alternatives.types.js';
import { inquiryAbout, withinReachOf } from '../match/match-question.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import type { Referral } from './referral.entity.js';
import { isTried } from './referral-alternatives.rules.js';

/**
 * Where else the client of a referral could be offered something of the kind, in the network of the case or
 * in what is shared with it: not where she
 * has been offered already, or was of late. For a viewer who is on the case.
 */
export async function alternativesToReferral(ctx: Context, referral: Referral): Promise<SearchAlternative[]> {
  const { loaders } = ctx;
  const { network, service } = referral;
  const clientCase = await loaders.ownCase.load(referral.clientCase.id);
  const [category] = await loaders.categoriesOfService.load(service);
  if (!clientCase || !category) return [];
  const inquiry = await inquiryAbout(ctx, await questionOf(ctx, clientCase), category.code, withinReachOf(network.id));
  const offers = await loaders.offersOfCase.load(clientCase.id);
  const tried = new Set(offers.filter(offer => isTried(offer, ctx.now)).map(offer => offer.service));
  return alternativesTo(ctx, inquiry, undefined, one => one !== service.id && !tried.has(one));
}

async function questionOf({ loaders, now }: Context, clientCase: ClientCase): Promise<Question> {
  const { languages, birthYear } = clientCase;
  const municipality = await clientCase.municipality.loadOrFail();
  const health = await loaders.healthOfCase.load(clientCase.id);
  const oldest = birthYear === null ? null : Number(berlinDay(now).slice(0, 4)) - birthYear;
  return {
    municipality: municipality.key,
    from: municipality.centre,
    languages,
    needs: health?.needs ?? [],
    accessibility: health?.accessibility ?? [],
    preferredAccessibility: [],
    age: oldest,
    otherAge: oldest === null ? null : oldest - 1,
    maximumDistanceKm: null,
    requireFreePlace: false,
  };
}
