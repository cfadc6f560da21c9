import type { EntityManager } from '@mikro-orm/postgresql';
import { Location } from '../location/location.entity.js';
import { Service } from '../service/service.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { type MatchReason, ServiceMatch } from './match.types.js';
import { compareRanks, type Draw, type Rank, rankOf } from './match-order.rules.js';
import type { Inquiry } from './match-question.query.js';
import type { Match } from './match-score.rules.js';

export interface RankedMatch {
  match: Match;
  rank: Rank;
}

/** What the order of equals depends on, on the day of the moment. */
export const drawOf = (
  { secrets }: Pick<Context, 'secrets'>,
  { fingerprint: question }: Pick<Inquiry, 'fingerprint'>,
  moment: Date,
): Draw => ({ secret: secretOf(secrets), day: berlinDay(moment), question });

const known = new WeakMap<Context['secrets'], string>();

function secretOf(secrets: Context['secrets']): string {
  const secret = known.get(secrets) ?? secrets.sign('match-order', '');
  known.set(secrets, secret);
  return secret;
}

/** Best first; equals in an order drawn by lot for the day of the moment. */
export function inOrder(
  ctx: Pick<Context, 'secrets'>,
  inquiry: Pick<Inquiry, 'fingerprint'>,
  matches: readonly Match[],
  moment: Date,
): RankedMatch[] {
  const draw = drawOf(ctx, inquiry, moment);
  return matches
    .map(match => ({ match, rank: rankOf(match.score, draw, match.service) }))
    .sort((a, b) => compareRanks(a.rank, b.rank));
}

/** The services of matches by their ids, read by one statement. */
export async function servicesOf(em: EntityManager, matches: readonly Match[]): Promise<ReadonlyMap<string, Service>> {
  if (matches.length === 0) return new Map();
  const services = await em.find(Service, { id: { $in: matches.map(match => match.service) } });
  return new Map(services.map(service => [service.id, service]));
}

/** With their services; a match whose service is gone meanwhile is left out. */
export const shownMatches = (
  em: EntityManager,
  matches: readonly Match[],
  services: ReadonlyMap<string, Service>,
): ServiceMatch[] =>
  matches.flatMap(({ service: id, site, reasons, criteria, ...match }) => {
    const service = services.get(id);
    if (!service) return [];
    const shown = {
      ...match,
      service,
      checks: criteria,
      site: site === null ? null : em.getReference(Location, site, { wrapped: true }),
      reasons: reasons.map(reasonOf),
    };
    return [Object.assign(new ServiceMatch(), shown)];
  });

const reasonOf = ({ weight, ...fact }: Match['reasons'][number]): MatchReason => {
  const { factor, value } = fact;
  return { factor, weight, value, fact };
};
