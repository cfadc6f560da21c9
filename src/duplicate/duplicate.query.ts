import type { EntityManager } from '@mikro-orm/postgresql';
import { knownNetwork } from '../network/network.query.js';
import { Partner } from '../partner/partner.entity.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import type { Position } from '../shared/cursor.js';
import { badInput } from '../shared/errors.js';
import { rowsOf, sql } from '../shared/sql.js';
import { coordinatedNetworks } from '../viewer/viewer.rules.js';
import { type DuplicateCandidatesArgs, type SimilarPartnersArgs, USUAL_SCORE } from './duplicate.inputs.js';
import {
  type DuplicateCandidate,
  DuplicateCandidateConnection,
  type DuplicateVerdict,
  type SimilarPartner,
} from './duplicate.types.js';
import { type Pair, PROBE } from './duplicate-blocks.query.js';
import { type ScoredPair, scoredPairs } from './duplicate-candidates.query.js';

const LISTED = [PartnerStatus.ACTIVE, PartnerStatus.PENDING];
const MOST_TOLD = 20;

/** Pairs that may be one, in a network that the viewer coordinates; of another network there are none. */
export async function duplicatePage(
  ctx: Context,
  args: DuplicateCandidatesArgs,
): Promise<DuplicateCandidateConnection> {
  const { em, viewer } = ctx;
  const page = pageOf(args, ctx.secrets, DuplicateCandidateConnection.list);
  const minimum = checkedScore(args.minimumScore);
  const network = await knownNetwork(em, args.network, 'network');
  const coordinated = coordinatedNetworks(viewer);
  const networks = args.otherNetworks ? coordinated : [network.id];
  const pairs = coordinated.includes(network.id) ? await scoredPairs(em, { networks, statuses: LISTED }, minimum) : [];
  const verdicts = await verdictsOf(em, pairs);
  const wanted = pairs.filter(pair => verdicts.has(keyOf(pair)) === (args.dismissed ?? false));
  const homes = await networksOf(em, args.otherNetworks ? wanted : []);
  const listed = args.otherNetworks
    ? wanted.filter(({ a, b }) => homes.get(a) === network.id || homes.get(b) === network.id)
    : wanted;
  const rows = listed.filter(pair => page.after === null || isAfter(pair, page.after)).slice(0, page.size + 1);
  const partners = await partnersOf(em, rows);
  return DuplicateCandidateConnection.of(ctx.secrets, {
    rows: rows.map(pair => candidate(pair, partners, network.id, verdicts)),
    page,
    position: ({ score, a, b }) => [score, ...[a.id, b.id].sort()],
    count: async () => listed.length,
  });
}

/** What may be the same as a partner, for those who coordinate its network; for others none. */
export async function duplicatesOf({ em, viewer }: Context, partner: Partner): Promise<SimilarPartner[]> {
  const network = partner.network.id;
  if (!coordinatedNetworks(viewer).includes(network) || !LISTED.includes(partner.status)) return [];
  const pairs = await scoredPairs(em, { networks: [network], statuses: LISTED }, USUAL_SCORE, [partner.id]);
  const verdicts = await verdictsOf(em, pairs);
  return similarTo(
    em,
    partner.id,
    pairs.filter(pair => !verdicts.has(keyOf(pair))),
  );
}

/** Published partners that may be what somebody is about to register. */
export async function similarPartners({ em }: Context, args: SimilarPartnersArgs): Promise<SimilarPartner[]> {
  const { network: slug, ...probe } = args;
  const network = await knownNetwork(em, slug, 'network');
  const scope = { networks: [network.id], statuses: [PartnerStatus.ACTIVE], probe };
  return similarTo(em, PROBE, await scoredPairs(em, scope, WARNING_SCORE, [PROBE]));
}

/** A warning may come sooner than work for the coordination. */
const WARNING_SCORE = 0.3;

function checkedScore(score: number | null | undefined): number {
  const minimum = score ?? USUAL_SCORE;
  // Below there are pairs without number that merely share a word.
  if (minimum < LEAST_SCORE || minimum > 1) throw badInput('minimumScore', `Ask for ${LEAST_SCORE} to 1.`);
  return minimum;
}

const LEAST_SCORE = 0.05;

async function similarTo(em: EntityManager, id: string, pairs: readonly ScoredPair[]): Promise<SimilarPartner[]> {
  const told = pairs.slice(0, MOST_TOLD);
  const partners = await partnersOf(em, told);
  return told.flatMap(({ a, b, score, evidence }) => {
    const partner = partners.get(a === id ? b : a);
    return partner ? [{ partner, score, evidence }] : [];
  });
}

function candidate(
  { a, b, score, evidence }: ScoredPair,
  partners: ReadonlyMap<string, Partner>,
  network: string,
  verdicts: ReadonlyMap<string, DuplicateVerdict>,
): DuplicateCandidate {
  const both = [partners.get(a)!, partners.get(b)!].sort(
    (x, y) => Number(y.network.id === network) - Number(x.network.id === network),
  ) as [Partner, Partner];
  return {
    a: both[0],
    b: both[1],
    score,
    sameNetwork: both[0].network.id === both[1].network.id,
    evidence,
    dismissal: verdicts.get(keyOf({ a, b })) ?? null,
  };
}

const keyOf = ({ a, b }: Pair): string => `${a} ${b}`;

/** The order of `scoredPairs`. */
function isAfter({ score, a, b }: ScoredPair, [before, first, second]: Position): boolean {
  if (score !== Number(before)) return score < Number(before);
  return a === first ? b > String(second) : a > String(first);
}

async function partnersOf(em: EntityManager, pairs: readonly Pair[]): Promise<Map<string, Partner>> {
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  return new Map((ids.length > 0 ? await em.find(Partner, { id: { $in: ids } }) : []).map(one => [one.id, one]));
}

async function networksOf(em: EntityManager, pairs: readonly Pair[]): Promise<Map<string, string>> {
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<{ id: string; network: string }>(
    em,
    sql`select id, network_id as network from partner where id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map(row => [row.id, row.network]));
}

async function verdictsOf(em: EntityManager, pairs: readonly Pair[]): Promise<Map<string, DuplicateVerdict>> {
  if (pairs.length === 0) return new Map();
  const rows = await rowsOf<Pair & DuplicateVerdict>(
    em,
    sql`select d.first_id as a, d.second_id as b, d.dismissed_at as at, d.reason, c.display_name as by
        from unnest(${pairs.map(({ a }) => a)}::uuid[], ${pairs.map(({ b }) => b)}::uuid[]) as p (a, b)
        join duplicate_dismissal d on d.first_id = p.a and d.second_id = p.b and d.undone_at is null
        left join account c on c.id = d.dismissed_by_id`,
  );
  return new Map(rows.map(row => [keyOf(row), { at: new Date(row.at), by: row.by, reason: row.reason }]));
}
