import type { EntityManager } from '@mikro-orm/postgresql';
import { LocationStatus } from '../location/location.rules.js';
import { coordinatesNetwork } from '../network/network.access.js';
import { coordinatedNetwork } from '../network/own-network.query.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import { faultsOf } from '../record/fault.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change, changeOne } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { topicFaults } from '../training/training-topics.query.js';
import { Team } from './team.entity.js';
import type { TeamContactInput, TeamInput } from './team.inputs.js';
import { TEAM_CHECKS } from './team-faults.rules.js';
import { rememberStaff } from './team-staff.actions.js';

const { DUPLICATE, INVALID_INPUT, NOT_FOUND, STEP_NOT_OPEN } = UserErrorCode;

/** A new team of a network; NOT_FOUND, INVALID_INPUT, DUPLICATE. Returns the id. */
export function foundTeam(ctx: Context, slug: string, input: TeamInput): Promise<string> {
  return write(ctx, async tx => {
    const network = await coordinatedNetwork(ctx, tx, slug, ['network']);
    await lockNames(tx, network.id);
    if (input.staffFrom != null)
      throw new Refusal(INVALID_INPUT, 'Bei einem neuen Team gilt die Zahl von Anfang an.', ['input', 'staffFrom']);
    const { name, staff, location } = await checked(tx, network.id, { name: null, staff: null, location: null }, input);
    await refuseTwin(tx, network.id, name, null);
    const [made] = await rowsOf<{ id: string }>(
      tx,
      sql`insert into team (network_id, name, staff, location_id)
          values (${network.id}, ${name}, ${staff}, ${location}::uuid) returning id`,
    );
    await replaceContacts(tx, made!.id, input.contacts ?? []);
    return made!.id;
  });
}

/** NOT_FOUND, STEP_NOT_OPEN for one that is dissolved, VERSION_CONFLICT, INVALID_INPUT, DUPLICATE. Returns the id. */
export function editTeam(ctx: Context, id: string, input: TeamInput, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const team = await lockTeam(ctx, tx, id);
    checkVersion(expectedVersion, team.version);
    refuseDissolved(team);
    await lockNames(tx, team.network.id);
    const stored = { name: team.name, staff: team.staff, location: team.location?.id ?? null };
    const wanted = await checked(tx, team.network.id, stored, input);
    await refuseTwin(tx, team.network.id, wanted.name, team.id);
    await rememberStaff(ctx, tx, team, wanted.staff, input);
    await changeOne(
      tx,
      sql`update team set name = ${wanted.name}, staff = ${wanted.staff}, location_id = ${wanted.location}::uuid,
            version = version + 1 where id = ${team.id}`,
    );
    if (input.contacts !== undefined) await replaceContacts(tx, team.id, input.contacts ?? []);
    return team.id;
  });
}

/** There is none any more since that day; what was reported of it stays. NOT_FOUND, STEP_NOT_OPEN, VERSION_CONFLICT, INVALID_INPUT. */
export function dissolveTeam(ctx: Context, id: string, on: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const team = await lockTeam(ctx, tx, id);
    checkVersion(expectedVersion, team.version);
    refuseDissolved(team);
    if (on > berlinDay(ctx.now)) throw new Refusal(INVALID_INPUT, 'Aufgelöst wird ein Team nicht im Voraus.', ['on']);
    await changeOne(tx, sql`update team set dissolved_on = ${on}::date, version = version + 1 where id = ${team.id}`);
    return team.id;
  });
}

/** A team of a network that the viewer coordinates, locked; NOT_FOUND at `path`. */
export async function lockTeam(
  { viewer }: Context,
  tx: EntityManager,
  id: string,
  path: string[] = ['id'],
): Promise<Team> {
  const query = sql`select ${columnsOf(tx, Team, 't')} from team t where t.id = ${id} for no key update`;
  const [team] = isId(id) ? await entitiesOf(tx, Team, query) : [];
  if (team && coordinatesNetwork(viewer, team.network.id)) return team;
  throw new Refusal(NOT_FOUND, 'Dieses Team gibt es in Ihrem Netzwerk nicht.', path);
}

/** Of two that take the same name at once the second waits here, and then finds it taken. */
const lockNames = (tx: EntityManager, network: string): Promise<unknown> => oneAtATime(tx, `teams ${network}`);

async function refuseTwin(tx: EntityManager, network: string, name: string, id: string | null): Promise<void> {
  const [twin] = await rowsOf(
    tx,
    sql`select from team where network_id = ${network} and name = ${name} and dissolved_on is null
        and id is distinct from ${id}::uuid`,
  );
  if (twin) throw new Refusal(DUPLICATE, 'Ein Team mit diesem Namen gibt es schon.', ['input', 'name']);
}

function refuseDissolved({ dissolvedOn }: Team): void {
  if (dissolvedOn !== null) throw new Refusal(STEP_NOT_OPEN, 'Dieses Team ist aufgelöst.', ['id']);
}

interface Wanted {
  readonly name: string;
  readonly staff: number;
  readonly location: string | null;
}

async function checked(
  tx: EntityManager,
  network: string,
  stored: { readonly [Field in keyof Wanted]: Wanted[Field] | null },
  { contacts, staffFrom: _, ...input }: TeamInput,
): Promise<Wanted> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const wanted = { ...stored, ...given };
  refuseFaults(faultsOf({ ...wanted, contacts: (contacts ?? []).map(plain) }, TEAM_CHECKS));
  const known = wanted as Wanted;
  if (known.location !== null && !(await isLocationOf(tx, network, known.location)))
    refuseFaults([{ path: ['location'], message: 'Diesen Standort gibt es in Ihrem Netzwerk nicht.' }]);
  for (const [i, { topics }] of (contacts ?? []).entries())
    if (topics?.length) refuseFaults(await topicFaults(tx, topics, ['contacts', String(i), 'topics']));
  return known;
}

const isLocationOf = async (tx: EntityManager, network: string, id: string): Promise<boolean> =>
  isId(id) &&
  (
    await rowsOf(
      tx,
      sql`select from location l join partner p on p.id = l.partner_id
          where l.id = ${id} and p.network_id = ${network} and p.status = ${PartnerStatus.ACTIVE}
            and l.status = ${LocationStatus.ACTIVE}`,
    )
  ).length > 0;

const plain = ({ function: name, topics, phone, email }: TeamContactInput) => ({
  function: name,
  topics: topics ?? [],
  phone: phone || null,
  email: email || null,
});

async function replaceContacts(tx: EntityManager, team: string, contacts: readonly TeamContactInput[]): Promise<void> {
  await change(tx, sql`delete from team_contact where team_id = ${team}`);
  const rows = contacts.map((contact, position) => ({ ...plain(contact), position }));
  await change(
    tx,
    sql`insert into team_contact (team_id, responsibility, topics, phone, email, position)
        select ${team}::uuid, c.function, array(select jsonb_array_elements_text(c.topics)), c.phone, c.email, c.position
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as c (function text, topics jsonb, phone text, email text, position int)`,
  );
}
