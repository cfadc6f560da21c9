import type { EntityManager } from '@mikro-orm/postgresql';
import { UNDONE_WITHIN_DAYS } from '../consortium/consortium.rules.js';
import { coordinatesNetwork } from '../network/network.access.js';
import { Network } from '../network/network.entity.js';
import { berlinDay, daysBetween, germanDay } from '../shared/calendar.rules.js';
import { change, changeOne } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { raiseVersion } from '../shared/raise-version.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { programmeVisibleTo } from './programme.access.js';
import { Programme } from './programme.entity.js';

const { INVALID_INPUT, NOT_FOUND, TOO_LATE } = UserErrorCode;

/**
 * The networks that take part beside the lead, as a whole: who is named already stays as it is. What a network said of its
 * leaving is its own: it stays, named or not, and nobody makes one a participant again that has left. NOT_FOUND for one
 * that there is not, INVALID_INPUT for one that has left.
 *
 * @param today since when the others are named
 */
export async function setNetworks(
  tx: EntityManager,
  { id, network, published }: Programme,
  slugs: readonly string[],
  today: string,
): Promise<void> {
  const wanted = [...new Set(slugs)];
  const found = await tx.find(Network, { slug: { $in: wanted } });
  const known = new Set(found.map(one => one.slug));
  const unknown = wanted.findIndex(slug => !known.has(slug));
  if (unknown >= 0)
    throw new Refusal(NOT_FOUND, 'Dieses Netzwerk gibt es nicht.', ['input', 'networks', String(unknown)]);
  const others = found.filter(one => one.id !== network.id).map(one => one.id);
  await refuseLeft(tx, id, slugs, today);
  await change(
    tx,
    sql`delete from programme_network where programme_id = ${id} and network_id <> all(${others}::uuid[])
        and part_until is null`,
  );
  await change(
    tx,
    sql`insert into programme_network (programme_id, network_id, entered_on)
        select ${id}::uuid, unnest(${others}::uuid[]), ${published ? today : null}::date on conflict do nothing`,
  );
}

async function refuseLeft(tx: EntityManager, id: string, slugs: readonly string[], today: string): Promise<void> {
  const left = await rowsOf<{ slug: string; part_until: string }>(
    tx,
    sql`select n.slug, p.part_until::text from programme_network p join network n on n.id = p.network_id
        where p.programme_id = ${id} and n.slug = any(${slugs}::text[]) and p.part_until < ${today}::date`,
  );
  const [first] = left.map(one => ({ ...one, at: slugs.indexOf(one.slug) })).sort((a, b) => a.at - b.at);
  if (!first) return;
  const message = `Dieses Netzwerk hat das Programm am ${germanDay(first.part_until)} verlassen. Was davon zu lesen ist, bleibt auch ungenannt.`;
  throw new Refusal(INVALID_INPUT, message, ['input', 'networks', String(first.at)]);
}

/** Who was named in a draft can know of it from the day on which it is published, and may take it back since then. */
export const tellNetworks = (tx: EntityManager, { id }: Programme, today: string): Promise<unknown> =>
  change(
    tx,
    sql`update programme_network set entered_on = ${today}
        where programme_id = ${id} and entered_on is null and part_until is null`,
  );

interface Part {
  readonly entered_on: string | null;
  readonly part_until: string | null;
}

/**
 * A network that others named in a programme leaves it: with a last day, which stays to be read, or, as long as it was
 * named just now, as if it had never been named. NOT_FOUND, INVALID_INPUT, TOO_LATE, VERSION_CONFLICT. Returns the id of the
 * programme.
 *
 * @param slug of a network that the viewer coordinates
 * @param until YYYY-MM-DD, its last day; null: it was named by mistake
 */
export function leaveProgramme(
  ctx: Context,
  id: string,
  slug: string,
  until: string | null,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const network = await tx.findOne(Network, { slug });
    if (!network || !coordinatesNetwork(ctx.viewer, network.id))
      throw new Refusal(NOT_FOUND, 'Ein Netzwerk, das Sie koordinieren, gibt es unter diesem Namen nicht.', [
        'network',
      ]);
    const programme = await lockVisible(ctx, tx, id);
    if (programme.network.id === network.id)
      throw new Refusal(INVALID_INPUT, 'Wer ein Programm führt, kann es nicht verlassen.', ['network']);
    const which = sql`programme_id = ${programme.id} and network_id = ${network.id}`;
    const [part] = await rowsOf<Part>(
      tx,
      sql`select entered_on::text, part_until::text from programme_network where ${which}`,
    );
    if (!part) throw new Refusal(NOT_FOUND, 'Dieses Netzwerk nimmt an dem Programm nicht teil.', ['network']);
    checkVersion(expectedVersion, programme.version);
    const today = berlinDay(ctx.now);
    if (until === null) checkUndone(part, today);
    else checkLastDay(programme, part, until, today);
    await changeOne(
      tx,
      until === null
        ? sql`delete from programme_network where ${which}`
        : sql`update programme_network set part_until = ${until} where ${which}`,
    );
    await raiseVersion(tx, Programme, programme);
    return programme.id;
  });
}

/** Its keeper edits it by the same lock. */
async function lockVisible({ viewer }: Context, tx: EntityManager, id: string): Promise<Programme> {
  const query = sql`select ${columnsOf(tx, Programme, 't')} from programme t
    where t.id = ${id} and ${programmeVisibleTo(viewer)} for no key update`;
  const [programme] = isId(id) ? await entitiesOf(tx, Programme, query) : [];
  if (programme) return programme;
  throw new Refusal(NOT_FOUND, 'Dieses Programm gibt es nicht.', ['programme']);
}

function checkUndone({ entered_on: entered }: Part, today: string): void {
  if (entered !== null && daysBetween(entered, today) <= UNDONE_WITHIN_DAYS) return;
  const message = `Nur ${UNDONE_WITHIN_DAYS} Tage lang lässt sich die Nennung zurücknehmen; danach braucht es einen letzten Tag.`;
  throw new Refusal(TOO_LATE, message, ['until']);
}

/** The past it cannot rewrite, and it never stays longer than was said. */
function checkLastDay({ endsOn }: Programme, { part_until: said }: Part, until: string, today: string): void {
  const last = said !== null && (endsOn === null || said < endsOn) ? said : endsOn;
  if (last !== null && last < today)
    throw new Refusal(TOO_LATE, `Die Teilnahme ist seit dem ${germanDay(last)} vorbei.`, ['network']);
  if (until < today) throw new Refusal(INVALID_INPUT, 'Der letzte Tag liegt nicht in der Vergangenheit.', ['until']);
  if (last !== null && until > last)
    throw new Refusal(INVALID_INPUT, `Die Teilnahme endet schon am ${germanDay(last)}.`, ['until']);
}
