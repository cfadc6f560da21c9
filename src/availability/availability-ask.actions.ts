import type { EntityManager } from '@mikro-orm/postgresql';
import { checkMunicipality } from '../client-case/client-case.actions.js';
import { bestServices } from '../match/match.query.js';
import { inquiryOf, withinReachOf } from '../match/match-question.query.js';
import { Network } from '../network/network.entity.js';
import { Service } from '../service/service.entity.js';
import { berlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { checkPlainLanguages } from '../shared/plain-languages.js';
import { rowsOf, sql } from '../shared/sql.js';
import { writePrepared } from '../shared/write.js';
import { mayAskIn } from './availability.access.js';
import type { AvailabilityAskInput } from './availability.inputs.js';
import {
  answerByOf,
  DEFAULT_WITHIN_DAYS,
  LONGEST_WITHIN_DAYS,
  MOST_ASKED,
  takesAgeGroup,
} from './availability.rules.js';
import { AvailabilityQuestion } from './availability-question.entity.js';
import { AvailabilityRequest } from './availability-request.entity.js';

const { NOT_FOUND, INVALID_INPUT, DUPLICATE } = UserErrorCode;

/** What is stored of a question. */
type Profile = Pick<AvailabilityQuestion, 'languages' | 'ageGroup' | 'accessibility' | 'withinDays'> & {
  category: string;
};

/** Asks the services that fit, the best fifty at most; NOT_FOUND, INVALID_INPUT, DUPLICATE. Returns the id. */
export function askAvailability(ctx: Context, input: AvailabilityAskInput): Promise<string> {
  const prepare = () => whomToAsk(ctx, input);
  return writePrepared(ctx, prepare, async (tx, { network, profile, services }) => {
    const askedBy = ctx.viewer.accountId!;
    // Of two questions of one person at once the second meets the first.
    await oneAtATime(tx, `availability_question ${askedBy}`);
    await refuseIdentical(ctx, tx, network.id, profile, services);
    const times = { askedAt: ctx.now, answerBy: answerByOf(ctx.now) };
    const question = tx.create(AvailabilityQuestion, { network: network.id, askedBy, ...profile, ...times });
    await tx.flush();
    for (const [position, service] of services.entries())
      tx.create(AvailabilityRequest, {
        question,
        network: network.id,
        askedBy,
        service: service.id,
        partner: service.partner.id,
        position,
        ...times,
        answeredAt: null,
        places: null,
        freeFrom: null,
        expectedWaitDays: null,
      });
    return question.id;
  });
}

async function whomToAsk(ctx: Context, input: AvailabilityAskInput) {
  const network = await networkOf(ctx, input.network);
  await checkMunicipality(ctx.em, network.id, input.municipality);
  const profile = await profileOf(ctx, input);
  return { network, profile, services: await fitting(ctx, network, input.municipality, profile) };
}

async function networkOf({ em, viewer }: Context, slug: string): Promise<Network> {
  const network = await em.findOne(Network, { slug });
  if (network && mayAskIn(viewer, network.id)) return network;
  throw new Refusal(NOT_FOUND, 'Ein Netzwerk, in dem Sie Fälle führen, gibt es unter diesem Namen nicht.', [
    'input',
    'network',
  ]);
}

async function profileOf({ loaders }: Context, input: AvailabilityAskInput): Promise<Profile> {
  const { category } = input;
  if (!(await loaders.categories()).byCode.has(category))
    throw new Refusal(INVALID_INPUT, 'Diese Angebotsart gibt es nicht.', ['input', 'category']);
  const withinDays = input.withinDays ?? DEFAULT_WITHIN_DAYS;
  if (withinDays < 1 || withinDays > LONGEST_WITHIN_DAYS)
    throw new Refusal(INVALID_INPUT, `Möglich sind 1 bis ${LONGEST_WITHIN_DAYS} Tage.`, ['input', 'withinDays']);
  const languages = inOrder(input.languages);
  checkPlainLanguages(languages);
  const accessibility = inOrder(input.accessibility);
  return { category, languages, ageGroup: input.ageGroup ?? null, accessibility, withinDays };
}

/** The finder's answer, best first: whoever has no place today may have one in time, so places make no difference. */
async function fitting(
  ctx: Context,
  network: Network,
  municipality: string,
  { category, languages, ageGroup, accessibility }: Profile,
): Promise<Service[]> {
  const asked = await inquiryOf(ctx, { networks: [network.slug], category, municipality, languages, accessibility });
  const inquiry = { ...asked, ...withinReachOf(network.id) };
  const best = await bestServices(ctx, inquiry, candidate => takesAgeGroup(candidate, ageGroup));
  if (best.length === 0)
    throw new Refusal(INVALID_INPUT, 'Kein Angebot des Netzwerks passt zu dieser Anfrage; es wurde niemand gefragt.', [
      'input',
    ]);
  const chosen = best.slice(0, MOST_ASKED);
  const services = new Map((await ctx.em.find(Service, { id: { $in: chosen } })).map(one => [one.id, one]));
  return chosen.map(id => services.get(id)!);
}

/**
 * The same profile, and nobody to be asked who was not. The municipality is not stored: from another one it is another
 * question if it reaches other services.
 */
async function refuseIdentical(
  { now, viewer }: Context,
  tx: EntityManager,
  networkId: string,
  { category, languages, ageGroup, accessibility, withinDays }: Profile,
  services: readonly Service[],
): Promise<void> {
  const [open] = await rowsOf<{ answer_by: Date }>(
    tx,
    sql`select q.answer_by from availability_question q
        where q.asked_by_id = ${viewer.accountId} and q.network_id = ${networkId} and q.answer_by >= ${now}
          and q.category_code = ${category} and q.within_days = ${withinDays}
          and q.age_group is not distinct from ${ageGroup}::text
          and q.languages = ${languages}::text[] and q.accessibility = ${accessibility}::text[]
          and ${services.map(({ id }) => id)}::uuid[] <@ array(
            select a.service_id from availability_request a where a.question_id = q.id)
        order by q.answer_by desc limit 1`,
  );
  if (!open) return;
  const day = germanDay(berlinDay(new Date(open.answer_by)));
  throw new Refusal(DUPLICATE, `Das haben Sie schon gefragt. Um Antwort ist bis zum ${day} gebeten.`, ['input']);
}

const inOrder = <T>(items: readonly T[] | null | undefined): T[] => [...new Set(items ?? [])].sort();
