import type { EntityManager } from '@mikro-orm/postgresql';
import { Category } from '../category/category.entity.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { write } from '../shared/write.js';
import { Account } from '../viewer/account.entity.js';
import { actsFor } from './sharing.access.js';
import type { SharingProposeInput } from './sharing.inputs.js';
import { MOST_NAMED, MOST_PROPOSED, SharingStatus } from './sharing.rules.js';
import { SharingAgreement } from './sharing-agreement.entity.js';
import { SharingCategory, SharingPartner } from './sharing-scope.entity.js';

const { INVALID_INPUT, LIMIT_REACHED, NOT_FOUND } = UserErrorCode;

/** Nothing of the kind was agreed on before. */
const EARLIEST = '1900-01-01';

/**
 * The coordination of either side proposes that one network shares with the other; nothing is shared before the other
 * side agrees. Who coordinates both proposes for the giving one, and somebody else decides. NOT_FOUND, INVALID_INPUT, LIMIT_REACHED. Returns the id.
 */
export function proposeSharing(ctx: Context, input: SharingProposeInput): Promise<string> {
  return write(ctx, async tx => {
    const [giver, receiver] = await sidesOf(ctx, tx, input);
    checkTerm(input, berlinDay(ctx.now));
    const proposer = actsFor(ctx.viewer, giver.id) ? giver : receiver;
    await checkWaiting(tx, giver, receiver, proposer);
    const partners = await partnersOf(tx, giver, input.partners ?? []);
    const categories = await categoriesOf(tx, input.categories ?? []);
    const agreement = tx.create(SharingAgreement, {
      network: giver,
      receiver,
      proposer,
      proposedBy: ctx.viewer.accountId === null ? null : tx.getReference(Account, ctx.viewer.accountId),
      startsOn: input.from,
      endsOn: input.until ?? null,
      note: input.note?.trim() || null,
      proposedAt: ctx.now,
      agreedAt: null,
      closedAt: null,
    });
    await tx.flush();
    for (const partner of partners) tx.create(SharingPartner, { agreement, partner, network: giver });
    for (const category of categories) tx.create(SharingCategory, { agreement, category });
    return agreement.id;
  });
}

async function sidesOf(
  { viewer }: Context,
  tx: EntityManager,
  input: SharingProposeInput,
): Promise<[giver: Network, receiver: Network]> {
  const networkOf = async (side: 'giver' | 'receiver'): Promise<Network> => {
    const network = await tx.findOne(Network, { slug: input[side] });
    if (network) return network;
    throw new Refusal(NOT_FOUND, 'Dieses Netzwerk gibt es nicht.', ['input', side]);
  };
  const giver = await networkOf('giver');
  const receiver = await networkOf('receiver');
  if (giver.id === receiver.id)
    throw new Refusal(INVALID_INPUT, 'Ein Netzwerk teilt nicht mit sich selbst.', ['input', 'receiver']);
  if (!actsFor(viewer, giver.id) && !actsFor(viewer, receiver.id))
    throw new Refusal(NOT_FOUND, 'Sie koordinieren keines der beiden Netzwerke.', ['input', 'giver']);
  return [giver, receiver];
}

/**
 * One side does not heap proposals upon the other; LIMIT_REACHED. Proposals of one network to another are made one after
 * the other, so that no more wait than may.
 */
async function checkWaiting(tx: EntityManager, giver: Network, receiver: Network, proposer: Network): Promise<void> {
  const sides = `sharing_agreement ${giver.id} ${receiver.id}`;
  await oneAtATime(tx, sides);
  const waiting = await tx.count(SharingAgreement, {
    network: giver.id,
    receiver: receiver.id,
    proposer: proposer.id,
    status: SharingStatus.PROPOSED,
  });
  if (waiting >= MOST_PROPOSED)
    throw new Refusal(LIMIT_REACHED, `Es warten schon ${MOST_PROPOSED} Vorschläge auf eine Antwort.`, ['input']);
}

function checkTerm({ from, until }: SharingProposeInput, today: string): void {
  if (from < EARLIEST) throw new Refusal(INVALID_INPUT, 'Dieser Anfang ist nicht möglich.', ['input', 'from']);
  if (until == null) return;
  if (until < from) throw new Refusal(INVALID_INPUT, 'Das Ende liegt vor dem Anfang.', ['input', 'until']);
  if (until < today) throw new Refusal(INVALID_INPUT, 'Das Ende liegt in der Vergangenheit.', ['input', 'until']);
}

/** Published partners of the giving network, each once. */
async function partnersOf(tx: EntityManager, giver: Network, ids: readonly string[]): Promise<Partner[]> {
  checkCount(ids, 'partners');
  const known = ids.filter(isId);
  const found = await tx.find(Partner, { id: { $in: known }, network: giver.id, status: PartnerStatus.ACTIVE });
  const byId = new Map(found.map(partner => [partner.id, partner]));
  for (const [i, id] of ids.entries())
    if (!byId.has(id.toLowerCase()))
      throw new Refusal(NOT_FOUND, 'Diesen Partner gibt es im gebenden Netzwerk nicht.', [
        'input',
        'partners',
        String(i),
      ]);
  return found;
}

async function categoriesOf(tx: EntityManager, codes: readonly string[]): Promise<Category[]> {
  checkCount(codes, 'categories');
  const found = await tx.find(Category, { code: { $in: [...codes] } });
  for (const [i, code] of codes.entries())
    if (!found.some(category => category.code === code))
      throw new Refusal(INVALID_INPUT, 'Diese Angebotsart gibt es nicht.', ['input', 'categories', String(i)]);
  return found;
}

function checkCount(named: readonly string[], field: string): void {
  if (named.length > MOST_NAMED)
    throw new Refusal(INVALID_INPUT, `Höchstens ${MOST_NAMED} lassen sich nennen.`, ['input', field]);
}
