import type { EntityManager } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import { publishedPartner } from '../partner/named-partner.actions.js';
import type { Partner } from '../partner/partner.entity.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { mayKeepConsortium } from './consortium.access.js';
import { Consortium } from './consortium.entity.js';
import type { ConsortiumEditInput, ConsortiumInput } from './consortium.inputs.js';

/** Of the room of partners; courses and programmes know it from here. */

const { INVALID_INPUT, NOT_FOUND } = UserErrorCode;

/** A new consortium; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function foundConsortium(ctx: Context, input: ConsortiumInput): Promise<string> {
  return write(ctx, async tx => {
    const network = await tx.findOne(Network, { slug: input.network });
    if (!network || !mayKeepConsortium(ctx.viewer, network.id))
      throw new Refusal(NOT_FOUND, 'Ein Netzwerk, das Sie koordinieren, gibt es unter diesem Namen nicht.', [
        'input',
        'network',
      ]);
    const consortium = tx.create(Consortium, {
      network,
      name: nameOf(input.name),
      purpose: input.purpose?.trim() || null,
      umbrella: await umbrellaOf(tx, input.umbrella),
      foundedOn: input.foundedOn,
      dissolvedOn: null,
    });
    await tx.flush();
    return consortium.id;
  });
}

/** NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function editConsortium(
  ctx: Context,
  id: string,
  input: ConsortiumEditInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const { name, purpose, dissolvedOn } = input;
    await checkKeeps(ctx, tx, id);
    const umbrella = input.umbrella === undefined ? undefined : await umbrellaOf(tx, input.umbrella);
    const consortium = await lockConsortium(ctx, tx, id);
    checkVersion(expectedVersion, consortium.version);
    if (name !== undefined) consortium.name = nameOf(name);
    if (purpose !== undefined) consortium.purpose = purpose?.trim() || null;
    if (umbrella !== undefined) tx.assign(consortium, { umbrella });
    if (dissolvedOn !== undefined) await dissolve(tx, consortium, dissolvedOn);
    return consortium.id;
  });
}

/** NOT_FOUND for one that the viewer does not keep; for what locks a partner first, as a merge does. */
export async function checkKeeps({ viewer }: Context, tx: EntityManager, id: string): Promise<void> {
  const [found] = isId(id)
    ? await rowsOf<{ network: string }>(tx, sql`select network_id as network from consortium where id = ${id}`)
    : [];
  if (!found || !mayKeepConsortium(viewer, found.network)) throw noSuchConsortium();
}

/** Locked for the rest of the transaction; NOT_FOUND for one that the viewer does not keep. */
export async function lockConsortium({ viewer }: Context, tx: EntityManager, id: string): Promise<Consortium> {
  const consortium = await lockAny(tx, id);
  if (consortium && mayKeepConsortium(viewer, consortium.network.id)) return consortium;
  throw noSuchConsortium();
}

const noSuchConsortium = (): Refusal => new Refusal(NOT_FOUND, 'Diese Arbeitsgemeinschaft gibt es nicht.', ['id']);

/** Whoever keeps it; null where there is none. */
export async function lockAny(tx: EntityManager, id: string): Promise<Consortium | null> {
  const query = sql`select ${columnsOf(tx, Consortium, 'c')} from consortium c where c.id = ${id} for no key update`;
  const [consortium] = isId(id) ? await entitiesOf(tx, Consortium, query) : [];
  return consortium ?? null;
}

const umbrellaOf = async (tx: EntityManager, id: string | null | undefined): Promise<Partner | null> =>
  id == null ? null : publishedPartner(tx, id, ['input', 'umbrella']);

function nameOf(name: string | null): string {
  const trimmed = name?.trim();
  if (trimmed) return trimmed;
  throw new Refusal(INVALID_INPUT, 'Der Name darf nicht leer sein.', ['input', 'name']);
}

/** What is open ends with it. @param day null: it goes on after all, what ended then stays ended */
async function dissolve(tx: EntityManager, consortium: Consortium, day: string | null): Promise<void> {
  const path = ['input', 'dissolvedOn'];
  if (day !== null && day < consortium.foundedOn)
    throw new Refusal(INVALID_INPUT, 'Das Ende liegt vor der Gründung.', path);
  consortium.dissolvedOn = day;
  if (day === null) return;
  const [later] = await rowsOf(
    tx,
    sql`select from consortium_member m
        where m.consortium_id = ${consortium.id} and (m.member_from > ${day}::date or m.member_until > ${day}::date) limit 1`,
  );
  if (later) throw new Refusal(INVALID_INPUT, 'Eine Mitgliedschaft beginnt oder endet erst danach.', path);
  await change(
    tx,
    sql`update consortium_member set member_until = ${day}::date, version = version + 1
        where consortium_id = ${consortium.id} and member_until is null`,
  );
}
