import type { EntityManager } from '@mikro-orm/postgresql';
import { germanDay } from '../shared/calendar.rules.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { Programme } from './programme.entity.js';
import type { ProgrammeRoundInput } from './programme.inputs.js';
import type { ProgrammeRound } from './programme-round.entity.js';

const { DUPLICATE, INVALID_INPUT } = UserErrorCode;

/**
 * Each day of a service belongs to one round of all programmes, and from the first count on it stays there: of two windows
 * that differ by a day the figures would differ by whoever was accepted on it. INVALID_INPUT at the field.
 *
 * @param round as it is before the edit, locked, so that it is not counted meanwhile
 */
export async function refuseMovingCounted(
  tx: EntityManager,
  { id, intakeFrom, intakeUntil }: ProgrammeRound,
  input: ProgrammeRoundInput,
): Promise<void> {
  const [counted] = await rowsOf<{ as_of: string }>(
    tx,
    sql`select as_of::text from programme_round_figures where round_id = ${id}`,
  );
  if (!counted) return;
  const refusal = (message: string, ...field: string[]) =>
    new Refusal(INVALID_INPUT, `${countedUntil(counted.as_of)} ${message} ${WHY}`, ['input', ...field]);
  if (input.intakeFrom != null && input.intakeFrom !== intakeFrom)
    throw refusal(`Die Aufnahme beginnt weiter am ${germanDay(intakeFrom)}.`, 'intakeFrom');
  if (input.intakeUntil != null && input.intakeUntil !== intakeUntil && input.intakeUntil < counted.as_of)
    throw refusal('Die Aufnahme kann nicht vor diesem Tag enden.', 'intakeUntil');
  if (input.services === undefined) return;
  const rows = await rowsOf<{ service: string }>(
    tx,
    sql`select service_id as service from programme_round_service where round_id = ${id}`,
  );
  const had = new Set(rows.map(({ service }) => service));
  const wanted = (input.services ?? []).map(service => service.toLowerCase());
  if (rows.some(({ service }) => !wanted.includes(service)))
    throw refusal('Die Angebote des Durchlaufs bleiben.', 'services');
  const added = wanted.findIndex(service => !had.has(service));
  if (added >= 0) throw refusal('Ein weiteres Angebot kommt in einen neuen Durchlauf.', 'services', String(added));
}

const countedUntil = (day: string): string => `Bis zum ${germanDay(day)} ist gezählt, was aus den Teilnehmenden wurde.`;

const WHY = 'Sonst ließe sich aus dem Unterschied zweier Zahlen auf einzelne Menschen schließen.';

/**
 * A participant is one of one round: of a service no two windows have a day in common, of whichever programmes. Writers of
 * rounds wait for each other. DUPLICATE.
 */
export async function refuseOverlaps(tx: EntityManager, { id }: ProgrammeRound): Promise<void> {
  await oneAtATime(tx, 'programme_round windows');
  const [other] = await rowsOf<{
    name: string;
    number: number;
    title: string;
    intake_from: string;
    intake_until: string;
  }>(
    tx,
    sql`select s.name, o.number, p.title, o.intake_from::text, o.intake_until::text
        from programme_round r join programme_round_service own on own.round_id = r.id
        join programme_round_service rs on rs.service_id = own.service_id and rs.round_id <> r.id
        join programme_round o on o.id = rs.round_id join programme p on p.id = o.programme_id
        join service s on s.id = own.service_id
        where r.id = ${id} and o.intake_from <= r.intake_until and o.intake_until >= r.intake_from
        order by o.intake_from, o.id limit 1`,
  );
  if (!other) return;
  const when = `vom ${germanDay(other.intake_from)} bis zum ${germanDay(other.intake_until)}`;
  const message = `„${other.name}“ nimmt ${when} schon für den ${other.number}. Durchlauf von „${other.title}“ auf.`;
  throw new Refusal(DUPLICATE, message, ['input', 'services']);
}

/** The period of a round or of a programme; without a last day it goes on. */
interface Days {
  readonly startsOn: string;
  readonly endsOn: string | null;
}

const NO_DAYS = { startsOn: null, endsOn: undefined } as const;

/**
 * A round lies within the period of its programme. INVALID_INPUT at the first day or at the last, whichever is new.
 *
 * @param before how it was; null: it is new
 */
export function refuseOutside(programme: Programme, before: Days | null, { startsOn, endsOn }: Days): void {
  const was = before ?? NO_DAYS;
  if (startsOn !== was.startsOn && startsOn < programme.startsOn)
    throw new Refusal(INVALID_INPUT, `Das Programm beginnt erst am ${germanDay(programme.startsOn)}.`, FROM);
  const last = programme.endsOn;
  if (last === null) return;
  if (startsOn !== was.startsOn && startsOn > last)
    throw new Refusal(INVALID_INPUT, `Das Programm endet am ${germanDay(last)}.`, FROM);
  if (endsOn !== was.endsOn && (endsOn === null || endsOn > last))
    throw new Refusal(INVALID_INPUT, `Das Programm endet am ${germanDay(last)}, der Durchlauf nicht später.`, UNTIL);
}

/** The same, where it is the programme that changes: it is locked, so that no round comes meanwhile. */
export async function refuseRoundsOutside(tx: EntityManager, before: Days, programme: Programme): Promise<void> {
  const { startsOn, endsOn } = programme;
  const begins = startsOn > before.startsOn;
  const ends = endsOn !== null && (before.endsOn === null || endsOn < before.endsOn);
  if (!begins && !ends) return;
  const [round] = await rowsOf<{ number: number; early: boolean }>(
    tx,
    sql`select number, starts_on < ${startsOn}::date as early from programme_round
        where programme_id = ${programme.id} and (${begins}::boolean and starts_on < ${startsOn}::date
          or ${ends}::boolean and coalesce(ends_on, 'infinity') > ${endsOn}::date)
        order by number limit 1`,
  );
  if (!round) return;
  const early = begins && round.early;
  const fault = early ? 'beginnt früher' : 'endet später oder gar nicht';
  throw new Refusal(INVALID_INPUT, `Der ${round.number}. Durchlauf ${fault}.`, early ? FROM : UNTIL);
}

const FROM = ['input', 'from'];
const UNTIL = ['input', 'until'];
