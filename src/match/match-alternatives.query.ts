import type { EntityManager } from '@mikro-orm/postgresql';
import type { Category } from '../category/category.entity.js';
import { addDays, berlinDay, startOfBerlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { haversineKm, type Point } from '../shared/geo.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { ServiceMatchInput } from './match.inputs.js';
import type { Question } from './match.rules.js';
import { ServiceMatchConnection } from './match.types.js';
import {
  type Alternative,
  alternativesOf,
  MOST_ALTERNATIVES,
  MOST_NEIGHBOURS,
  type Neighbour,
  Relaxation,
  type Relaxed,
} from './match-alternatives.rules.js';
import { SearchAlternative } from './match-alternatives.types.js';
import type { RelaxationFact } from './match-alternatives-texts.rules.js';
import { servicesAround } from './match-candidates.query.js';
import { type Inquiry, inquiryOf } from './match-question.query.js';
import { matchService } from './match-score.rules.js';
import { inOrder, type RankedMatch, servicesOf, shownMatches } from './match-shown.query.js';

/** How many matches of an alternative are shown, at most. */
export const MOST_SHOWN = 20;

/** What else could be searched for, where a search finds nothing, or not enough. */
export const relaxedSearches = async (ctx: Context, input: ServiceMatchInput): Promise<SearchAlternative[]> =>
  alternativesTo(ctx, await inquiryOf(ctx, input), ({ relaxed }) => relaxed.length > 0);

/**
 * What fits as asked, if anything does, and what fits once something is relaxed: one wide statement, and the rules tell
 * what blocks each service.
 */
export async function alternativesTo(
  ctx: Context,
  inquiry: Inquiry,
  isWanted: (alternative: Alternative) => boolean = () => true,
  alsoFits: (service: string) => boolean = () => true,
): Promise<SearchAlternative[]> {
  const { em, viewer, loaders, now } = ctx;
  const { question, category } = inquiry;
  const { byCode } = await loaders.categories();
  const parent = byCode.get(byCode.get(category)?.parent?.code ?? '') ?? null;
  const neighbours = await neighboursOf(em, question.municipality);
  const width = { root: parent?.code ?? category, neighbours: neighbours.map(({ key }) => key) };
  const candidates = await servicesAround(em, viewer, inquiry, width, now);
  const fitting = candidates.filter(({ service }) => alsoFits(service));
  const alternatives = alternativesOf(fitting, { question, neighbours, now }).filter(isWanted);
  return searchesOf(ctx, inquiry, parent, alternatives.slice(0, MOST_ALTERNATIVES));
}

/** The nearest municipalities of the networks that hold this one, by their centres. */
async function neighboursOf(em: EntityManager, key: string): Promise<Neighbour[]> {
  const rows = await rowsOf<Point & { key: string; name: string }>(
    em,
    sql`select m.key, m.name, m.latitude, m.longitude from municipality m where m.key = ${key} or m.key in (
          select other.municipality_key from network_municipality own
          join network_municipality other on other.network_id = own.network_id where own.municipality_key = ${key})`,
  );
  const home = rows.find(row => row.key === key);
  if (!home) return [];
  return rows
    .filter(row => row !== home)
    .map(row => ({ key: row.key, name: row.name, distanceKm: haversineKm(home, row) }))
    .sort((a, b) => a.distanceKm - b.distanceKm || (a.key < b.key ? -1 : 1))
    .slice(0, MOST_NEIGHBOURS);
}

/** The services of all alternatives are read by one statement, once one of them is looked at. */
function searchesOf(
  ctx: Context,
  inquiry: Inquiry,
  parent: Category | null,
  alternatives: readonly Alternative[],
): SearchAlternative[] {
  const { em, now } = ctx;
  const { question, weights } = inquiry;
  const lists = alternatives.map(({ found }) =>
    inOrder(
      ctx,
      inquiry,
      found.map(one => matchService(one, question, weights, now)),
      now,
    ),
  );
  let loaded: ReturnType<typeof servicesOf> | undefined;
  const services = () => {
    loaded ??= servicesOf(
      em,
      lists.flatMap(list => list.slice(0, MOST_SHOWN + 1).map(({ match }) => match)),
    );
    return loaded;
  };
  return alternatives.map((alternative, i) => {
    const { relaxed } = alternative;
    const shown = {
      relaxed: relaxed.map(one => one.relaxation),
      neighbour: relaxed.find(one => one.neighbour)?.neighbour?.key ?? null,
      facts: relaxed.map(one => factOf(one, alternative, question, parent)),
      page: async (size: number) => pageOf(ctx, inquiry, lists[i]!, size, await services()),
    };
    return Object.assign(new SearchAlternative(), shown);
  });
}

/** The first page, and the only one: its cursors lead nowhere. BAD_USER_INPUT. */
function pageOf(
  { em, secrets, now }: Context,
  { fingerprint }: Inquiry,
  ranked: readonly RankedMatch[],
  size: number,
  services: Awaited<ReturnType<typeof servicesOf>>,
): ServiceMatchConnection {
  if (size < 1 || size > MOST_SHOWN) throw badInput('first', `Ask for 1 to ${MOST_SHOWN}.`);
  const wanted = ranked.slice(0, size + 1);
  const ranks = new Map(wanted.map(({ match, rank }) => [match.service, rank]));
  return ServiceMatchConnection.of(secrets, {
    rows: shownMatches(
      em,
      wanted.map(({ match }) => match),
      services,
    ),
    page: { size, after: null },
    position: ({ service }) => {
      const { bucket, tieBreak } = ranks.get(service.id)!;
      return [now.toISOString(), `relaxed ${fingerprint}`, bucket, tieBreak];
    },
    count: async () => ranked.length,
  });
}

/** What the text says of one relaxation. */
function factOf(
  { relaxation, neighbour }: Relaxed,
  { found, nearestKm }: Alternative,
  { languages, maximumDistanceKm }: Question,
  parent: Category | null,
): RelaxationFact {
  switch (relaxation) {
    case Relaxation.WAITING_LIST: {
      const [soonest] = [...found].sort(
        (a, b) => last(a.expectedWaitDays) - last(b.expectedWaitDays) || last(a.waiting) - last(b.waiting),
      );
      const { waiting, expectedWaitDays: days } = soonest!;
      return { relaxation, waiting, days, among: found.length };
    }
    case Relaxation.LATER: {
      const until = found.map(one => one.intakePausedUntil!).sort()[0]!;
      return { relaxation, day: berlinDay(addDays(startOfBerlinDay(until), 1)) };
    }
    case Relaxation.INTERPRETER:
      return { relaxation, languages };
    case Relaxation.DISTANCE:
      return { relaxation, maximumKm: maximumDistanceKm!, nearestKm: Number.isFinite(nearestKm) ? nearestKm : null };
    case Relaxation.NEIGHBOURING_MUNICIPALITY:
      return { relaxation, name: neighbour!.name, distanceKm: neighbour!.distanceKm };
    case Relaxation.CATEGORY:
      return { relaxation, name: { de: parent!.nameDe, en: parent!.nameEn } };
    default:
      return { relaxation };
  }
}

/** What is not known comes last. */
const last = (value: number | null): number => value ?? Number.MAX_SAFE_INTEGER;
