import type { EntityManager } from '@mikro-orm/postgresql';
import { Consortium } from '../consortium/consortium.entity.js';
import { Instrument } from '../instrument/instrument.entity.js';
import { Network } from '../network/network.entity.js';
import { publishedPartner } from '../partner/named-partner.actions.js';
import { aLine, faultsOf, optional } from '../record/fault.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { checkPeriod, emptied, filled } from '../shared/plain-input.js';
import { raiseVersion } from '../shared/raise-version.js';
import { columnsOf, entitiesOf, rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { mayKeepProgramme } from './programme.access.js';
import { Programme } from './programme.entity.js';
import type { ProgrammeEditInput, ProgrammeFunderInput, ProgrammeInput } from './programme.inputs.js';
import { MOST_CENTS } from './programme.rules.js';
import { setNetworks, tellNetworks } from './programme-network.actions.js';
import { refuseRoundsOutside } from './round-days.actions.js';

const { DUPLICATE, INVALID_INPUT, NOT_FOUND } = UserErrorCode;

/** A new programme of a network that the viewer coordinates; NOT_FOUND, INVALID_INPUT, DUPLICATE. Returns the id. */
export function foundProgramme(ctx: Context, input: ProgrammeInput): Promise<string> {
  return write(ctx, async tx => {
    const network = await tx.findOne(Network, { slug: input.network });
    if (!network || !mayKeepProgramme(ctx.viewer, network.id))
      throw new Refusal(NOT_FOUND, 'Ein Netzwerk, das Sie koordinieren, gibt es unter diesem Namen nicht.', [
        'input',
        'network',
      ]);
    const { slug, from } = input;
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug) || slug.length > 100)
      throw new Refusal(INVALID_INPUT, 'Ein Kürzel hat kleine Buchstaben, Ziffern und Bindestriche.', [
        'input',
        'slug',
      ]);
    if (from == null) throw new Refusal(INVALID_INPUT, 'Der erste Tag fehlt.', ['input', 'from']);
    const title = filled(input.title, ['input', 'title']);
    const [made] = await rowsOf<{ id: string }>(
      tx,
      sql`insert into programme (slug, network_id, title, starts_on) values (${slug}, ${network.id}, ${title}, ${from})
          on conflict (slug) do nothing returning id`,
    );
    if (!made) throw new Refusal(DUPLICATE, 'Ein Programm mit diesem Kürzel gibt es schon.', ['input', 'slug']);
    const programme = await tx.findOneOrFail(Programme, { id: made.id });
    await edit(tx, programme, input, berlinDay(ctx.now));
    return programme.id;
  });
}

/** NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function editProgramme(
  ctx: Context,
  id: string,
  input: ProgrammeEditInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const programme = await lockProgramme(ctx, tx, id);
    checkVersion(expectedVersion, programme.version);
    await edit(tx, programme, input, berlinDay(ctx.now));
    await raiseVersion(tx, Programme, programme);
    return programme.id;
  });
}

/** Locked for the rest of the transaction; NOT_FOUND for one that the viewer does not keep. */
export async function lockProgramme(
  { viewer }: Context,
  tx: EntityManager,
  id: string,
  path = ['id'],
): Promise<Programme> {
  const query = sql`select ${columnsOf(tx, Programme, 't')} from programme t where t.id = ${id} for no key update`;
  const [programme] = isId(id) ? await entitiesOf(tx, Programme, query) : [];
  if (programme && mayKeepProgramme(viewer, programme.network.id)) return programme;
  throw new Refusal(NOT_FOUND, 'Dieses Programm gibt es nicht.', path);
}

async function edit(tx: EntityManager, programme: Programme, input: ProgrammeEditInput, today: string): Promise<void> {
  const { title, goals, from, until, published, consortium } = input;
  const before = { startsOn: programme.startsOn, endsOn: programme.endsOn };
  const wasPublished = programme.published;
  if (title !== undefined) programme.title = filled(title, ['input', 'title']);
  if (goals !== undefined) programme.goals = emptied(goals);
  if (from === null) throw new Refusal(INVALID_INPUT, 'Der erste Tag fehlt.', ['input', 'from']);
  if (from !== undefined) programme.startsOn = from;
  if (until !== undefined) programme.endsOn = until;
  checkPeriod(programme.startsOn, programme.endsOn, ['input', until === undefined ? 'from' : 'until']);
  await refuseRoundsOutside(tx, before, programme);
  if (published !== undefined) programme.published = published ?? false;
  if (consortium !== undefined) tx.assign(programme, { consortium: await consortiumOf(tx, consortium) });
  await tx.flush();
  if (input.networks !== undefined) await setNetworks(tx, programme, input.networks ?? [], today);
  if (programme.published && !wasPublished) await tellNetworks(tx, programme, today);
  if (input.funders !== undefined) await setFunders(tx, programme, input.funders ?? []);
  if (input.partners !== undefined) await setPartners(tx, programme, input.partners ?? []);
  if (input.instruments !== undefined) await setInstruments(tx, programme, input.instruments ?? []);
}

async function consortiumOf(tx: EntityManager, id: string | null): Promise<Consortium | null> {
  if (id === null) return null;
  const consortium = isId(id) ? await tx.findOne(Consortium, { id }) : null;
  if (consortium) return consortium;
  throw new Refusal(NOT_FOUND, 'Diese Arbeitsgemeinschaft gibt es nicht.', ['input', 'consortium']);
}

async function setFunders(
  tx: EntityManager,
  { id }: Programme,
  funders: readonly ProgrammeFunderInput[],
): Promise<void> {
  for (const [i, { name, source = null, amountCents }] of funders.entries()) {
    const faults = faultsOf({ name, source: emptied(source) }, { name: aLine(), source: optional(aLine()) });
    refuseFaults(faults.map(fault => ({ ...fault, path: ['funders', String(i), ...fault.path] })));
    if (amountCents < 0 || amountCents > MOST_CENTS)
      throw new Refusal(INVALID_INPUT, 'Dieser Betrag ist nicht möglich.', [
        'input',
        'funders',
        String(i),
        'amountCents',
      ]);
  }
  const rows = funders.map(({ name, source, amountCents }, position) => ({
    position,
    name,
    source: emptied(source),
    amount_cents: amountCents,
  }));
  await change(tx, sql`delete from programme_funder where programme_id = ${id}`);
  await change(
    tx,
    sql`insert into programme_funder (programme_id, position, name, source, amount_cents)
        select ${id}::uuid, r.position, r.name, r.source, r.amount_cents
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (position int, name text, source text, amount_cents bigint)`,
  );
}

async function setPartners(tx: EntityManager, { id }: Programme, partners: readonly string[]): Promise<void> {
  const ids = new Set<string>();
  for (const [i, one] of partners.entries())
    ids.add((await publishedPartner(tx, one, ['input', 'partners', String(i)])).id);
  await replaceList(tx, 'programme_partner', id, sql`partner_id`, sql`unnest(${[...ids]}::uuid[])`);
}

async function setInstruments(tx: EntityManager, { id }: Programme, codes: readonly string[]): Promise<void> {
  const wanted = [...new Set(codes)];
  const found = await tx.find(Instrument, { code: { $in: wanted } });
  const known = new Set(found.map(one => one.code));
  const unknown = wanted.findIndex(code => !known.has(code));
  if (unknown >= 0)
    throw new Refusal(INVALID_INPUT, 'Dieses Instrument gibt es nicht.', ['input', 'instruments', String(unknown)]);
  await replaceList(tx, 'programme_instrument', id, sql`instrument_code`, sql`unnest(${wanted}::text[])`);
}

async function replaceList(tx: EntityManager, table: string, id: string, column: Sql, values: Sql): Promise<void> {
  await change(tx, sql`delete from ${verbatim(table)} where programme_id = ${id}`);
  await change(tx, sql`insert into ${verbatim(table)} (programme_id, ${column}) select ${id}::uuid, ${values}`);
}
