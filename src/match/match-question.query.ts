import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { knownInstruments } from '../instrument/instrument.query.js';
import type { Municipality } from '../municipality/municipality.entity.js';
import { knownMunicipality } from '../municipality/municipality.query.js';
import { knownNeeds } from '../need/need.query.js';
import { knownNetworks } from '../network/network.query.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { isOnEarth } from '../shared/geo.rules.js';
import { preparedRows } from '../shared/prepared.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { caseworkNetworks, type Viewer } from '../viewer/viewer.rules.js';
import type { ServiceMatchInput } from './match.inputs.js';
import { type Question, type Weights, weightsOf } from './match.rules.js';

/** What somebody asks the finder, with every code, key and number checked. */
export interface Inquiry {
  question: Question;
  category: string;
  /** Ids; null: all networks. */
  networks: readonly string[] | null;
  /** Ids of networks, with which other networks may share: what is shared with them is found as well. */
  sharedWith: readonly string[];
  weights: Weights;
  /** The same for the same question, whatever the order of its lists; another one for every other. */
  fingerprint: string;
}

/** The same with all that the finder index is asked by. */
export interface CheckedInquiry extends Inquiry {
  /** The category and all below it, by how many levels. */
  subtree: readonly { code: string; level: number }[];
}

const OLDEST = 130;
const MOST_MONTHS = 1200;

/** BAD_USER_INPUT, with the path of the argument, for whatever does not exist. */
export async function inquiryOf(ctx: Context, input: ServiceMatchInput): Promise<CheckedInquiry> {
  refuseImpossible(input);
  const { em, viewer } = ctx;
  const known = await knownOf(em, viewer, input);
  const municipality = known.municipality ?? (await knownMunicipality(em, input.municipality, 'input.municipality'));
  if (known.subtree.length === 0) throw badInput('input.category', 'No category has this code.');
  if (!known.needs) await knownNeeds(ctx, input.needs ?? [], 'input.needs');
  await refuseUnknownInstruments(ctx, input);
  const { category } = input;
  const where = await whereOf(em, viewer, input.networks);
  const question = questionOf(input, municipality);
  const weights = weightsOf(known.weights);
  const fingerprint = fingerprintOf(question, category, where);
  return { question, category, ...where, weights, fingerprint, subtree: known.subtree };
}

/** What there is of what somebody asks for. */
interface Known {
  /** Null: there is none with this key. */
  municipality: Pick<Municipality, 'key' | 'centre'> | null;
  /** Empty: there is no such category. */
  subtree: CheckedInquiry['subtree'];
  /** Is there each of the needs? */
  needs: boolean;
  weights: Record<string, unknown> | null;
}

/** One statement for all that a question names and that is seldom changed. */
async function knownOf(
  em: EntityManager,
  viewer: Viewer,
  { municipality, category, needs }: ServiceMatchInput,
): Promise<Known> {
  const [known] = await preparedRows<Known>(
    em,
    sql`with recursive below (code, level) as (
          select code, 0 from category where code = ${category}
          union all select c.code, below.level + 1 from below join category c on c.parent_code = below.code)
        select (select json_build_object('key', m.key, 'centre', json_build_object('latitude', m.latitude, 'longitude', m.longitude))
            from municipality m where m.key = ${municipality}) as municipality,
          (select coalesce(json_agg(below), '[]') from below) as subtree,
          not exists (select from unnest(${needs ?? []}::text[]) asked where asked not in (select code from need)) as needs,
          (${weightsIn(municipality, viewer)}) as weights`,
  );
  return known!;
}

/** Where is looked. */
export type Where = Pick<Inquiry, 'networks' | 'sharedWith'>;

/** In this network, and in what others share with it. */
export const withinReachOf = (network: string): Where => ({ networks: [network], sharedWith: [network] });

/** The same for what is known to exist. */
export const inquiryAbout = async (
  { em, viewer }: Context,
  question: Question,
  category: string,
  where: Where,
): Promise<Inquiry> => ({
  question,
  category,
  ...where,
  weights: await weightsFor(em, viewer, question.municipality),
  fingerprint: fingerprintOf(question, category, where),
});

function refuseImpossible({ age, maximumDistanceKm, near, ...input }: ServiceMatchInput): void {
  for (const [argument, months] of monthsIn(input))
    if (months < 0 || months > MOST_MONTHS) throw badInput(`input.${argument}`, `Months are from 0 to ${MOST_MONTHS}.`);
  if (age != null && (age < 0 || age > OLDEST)) throw badInput('input.age', `Ages are from 0 to ${OLDEST}.`);
  if (maximumDistanceKm != null && !(maximumDistanceKm >= 0))
    throw badInput('input.maximumDistanceKm', 'A distance is not negative.');
  if (near && !isOnEarth(near)) throw badInput('input.near', 'There is no such place on Earth.');
}

function monthsIn({
  instruments,
  unemployedMonths,
  benefitMonths,
}: FundingInput): [argument: string, months: number][] {
  const told = (instruments ?? []).flatMap(({ monthsUsed, durationMonths }, i) => [
    [`instruments.${i}.monthsUsed`, monthsUsed ?? 0] as [string, number],
    [`instruments.${i}.durationMonths`, durationMonths ?? 0] as [string, number],
  ]);
  return [...told, ['unemployedMonths', unemployedMonths ?? 0], ['benefitMonths', benefitMonths ?? 0]];
}

type FundingInput = Pick<ServiceMatchInput, 'instruments' | 'unemployedMonths' | 'benefitMonths'>;

/** What is told of how a place is to be paid; nothing where nothing is. */
function fundingOf({
  instruments,
  unemployedMonths = null,
  benefitMonths = null,
}: FundingInput): Pick<Question, 'funding'> {
  const asked = [...new Map((instruments ?? []).map(one => [one.instrument, one])).values()]
    .map(({ instrument, monthsUsed = null, durationMonths = null }) => ({ instrument, monthsUsed, durationMonths }))
    .sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
  if (asked.length === 0 && unemployedMonths === null && benefitMonths === null) return {};
  return { funding: { asked, unemployedMonths, benefitMonths } };
}

async function refuseUnknownInstruments(ctx: Context, { instruments }: ServiceMatchInput): Promise<void> {
  if (instruments && instruments.length > 0)
    await knownInstruments(
      ctx,
      instruments.map(one => one.instrument),
      'input.instruments',
    );
}

/** A caseworker refers to the partners of the own networks and to what is shared with them; whoever looks around sees all. */
async function whereOf(em: EntityManager, viewer: Viewer, slugs: readonly string[] | null | undefined): Promise<Where> {
  if (slugs?.length) {
    const named = await knownNetworks(em, slugs, 'input.networks');
    return { networks: named.map(({ id }) => id), sharedWith: [] };
  }
  const own = caseworkNetworks(viewer);
  return own.length > 0 ? { networks: own, sharedWith: own } : { networks: null, sharedWith: [] };
}

function questionOf(input: ServiceMatchInput, municipality: Known['municipality'] & object): Question {
  return {
    municipality: municipality.key,
    from: input.near ? { latitude: input.near.latitude, longitude: input.near.longitude } : municipality.centre,
    languages: inOrder(input.languages),
    needs: inOrder(input.needs),
    accessibility: inOrder(input.accessibility),
    preferredAccessibility: inOrder(input.preferredAccessibility),
    age: input.age ?? null,
    maximumDistanceKm: input.maximumDistanceKm ?? null,
    requireFreePlace: input.requireFreePlace ?? false,
    ...fundingOf(input),
  };
}

const inOrder = (items: readonly string[] | null | undefined): string[] => [...new Set(items ?? [])].sort();

function fingerprintOf(question: Question, category: string, { networks, sharedWith }: Where): string {
  const where = [networks && inOrder(networks), inOrder(sharedWith)];
  const text = JSON.stringify([category, where, Object.entries(question).sort()]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Of the network that holds the municipality; if several do, of the viewer's own before others. */
async function weightsFor(em: EntityManager, viewer: Viewer, municipality: string): Promise<Weights> {
  const [own] = await rowsOf<{ match_weights: Record<string, unknown> | null }>(em, weightsIn(municipality, viewer));
  return weightsOf(own?.match_weights ?? null);
}

/** SQL: the weights of that network. */
const weightsIn = (municipality: string, viewer: Viewer): Sql => sql`
  select n.match_weights from network_municipality nm join network n on n.id = nm.network_id
  where nm.municipality_key = ${municipality}
  order by n.id = any(${caseworkNetworks(viewer)}::uuid[]) desc, n.slug limit 1`;
