import type { EntityManager } from '@mikro-orm/postgresql';
import { isOccupation } from '../occupation/occupation.rules.js';
import { aLine, type Check, faultsOf, optional, whole } from '../record/fault.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { berlinDay, monthOf } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { checkPeriod, emptied } from '../shared/plain-input.js';
import { raiseVersion } from '../shared/raise-version.js';
import { rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { lockProgramme } from './programme.actions.js';
import { Programme } from './programme.entity.js';
import type { ProgrammeMonthInput, ProgrammeRoundInput } from './programme.inputs.js';
import {
  MOST_CENTS_OF_MONTH,
  MOST_MINUTES_OF_MONTH,
  MOST_MONTHS,
  MOST_PLACES,
  MOST_ROUNDS,
} from './programme.rules.js';
import { ProgrammeRound } from './programme-round.entity.js';
import { refuseMovingCounted, refuseOutside, refuseOverlaps } from './round-days.actions.js';

const { INVALID_INPUT, LIMIT_REACHED, NOT_FOUND } = UserErrorCode;

/** The next round of a programme; NOT_FOUND, INVALID_INPUT, DUPLICATE, LIMIT_REACHED, VERSION_CONFLICT. Its programme's id. */
export function addRound(
  ctx: Context,
  programmeId: string,
  input: ProgrammeRoundInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const programme = await lockProgramme(ctx, tx, programmeId, ['programme']);
    checkVersion(expectedVersion, programme.version);
    const before = await tx.count(ProgrammeRound, { programme: programme.id });
    if (before >= MOST_ROUNDS)
      throw new Refusal(LIMIT_REACHED, 'Das Programm hat schon zu viele Durchläufe.', ['programme']);
    for (const field of ['from', 'intakeFrom', 'intakeUntil', 'places'] as const)
      if (input[field] == null) throw new Refusal(INVALID_INPUT, 'Diese Angabe fehlt.', ['input', field]);
    const { from, intakeFrom, intakeUntil, places } = input;
    checkTimes(from!, input.until ?? null, intakeFrom!, intakeUntil!);
    refuseOutside(programme, null, { startsOn: from!, endsOn: input.until ?? null });
    checkNumbers({ places });
    const round = tx.create(ProgrammeRound, {
      programme: programme.id,
      number: before + 1,
      startsOn: from!,
      endsOn: input.until ?? null,
      intakeFrom: intakeFrom!,
      intakeUntil: intakeUntil!,
      places: places!,
      elsewhereSource: null,
      enteredOn: berlinDay(ctx.now),
    });
    await tx.flush();
    await edit(tx, programme, round, input);
    await raiseVersion(tx, Programme, programme);
    return programme.id;
  });
}

/** NOT_FOUND, INVALID_INPUT, DUPLICATE, VERSION_CONFLICT. The id of its programme. */
export function editRound(
  ctx: Context,
  id: string,
  input: ProgrammeRoundInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const { programme, round } = await lockRound(ctx, tx, id, ['id']);
    checkVersion(expectedVersion, programme.version);
    await refuseMovingCounted(tx, round, input);
    await edit(tx, programme, round, input);
    await raiseVersion(tx, Programme, programme);
    return programme.id;
  });
}

/** What was paid in a month; again, it replaces what was said. NOT_FOUND, INVALID_INPUT, LIMIT_REACHED. Its programme's id. */
export function reportMonth(ctx: Context, id: string, input: ProgrammeMonthInput): Promise<string> {
  return write(ctx, async tx => {
    const { programme, round } = await lockRound(ctx, tx, id, ['round']);
    const { places, benefitCents, subsidyCents } = input;
    const coachingMinutes = input.coachingMinutes ?? 0;
    checkNumbers({ places, benefitCents, subsidyCents, coachingMinutes });
    const month = monthOf(input.month);
    if (month < monthOf(round.startsOn) || (round.endsOn !== null && month > round.endsOn))
      throw new Refusal(INVALID_INPUT, 'In diesem Monat lief der Durchlauf nicht.', ['input', 'month']);
    if (month > monthOf(berlinDay(ctx.now)))
      throw new Refusal(INVALID_INPUT, 'Dieser Monat kommt erst noch.', ['input', 'month']);
    const service = await serviceOfRound(tx, round, input.service ?? null);
    await refuseTwice(tx, round, month, service);
    const [{ count }] = (await rowsOf<{ count: number }>(
      tx,
      sql`select count(*)::int as count from programme_round_month
          where round_id = ${round.id} and (month <> ${month} or service_id is distinct from ${service}::uuid)`,
    )) as [{ count: number }];
    if (count >= MOST_MONTHS)
      throw new Refusal(LIMIT_REACHED, 'Für diesen Durchlauf ist schon zu viel gemeldet.', ['round']);
    await change(
      tx,
      sql`insert into programme_round_month (round_id, service_id, month, places, benefit_cents, subsidy_cents, coaching_minutes)
          values (${round.id}, ${service}::uuid, ${month}, ${places}, ${benefitCents}, ${subsidyCents}, ${coachingMinutes})
          on conflict (round_id, month, service_id) do update set places = excluded.places,
            benefit_cents = excluded.benefit_cents, subsidy_cents = excluded.subsidy_cents,
            coaching_minutes = excluded.coaching_minutes, version = programme_round_month.version + 1`,
    );
    await raiseVersion(tx, Programme, programme);
    return programme.id;
  });
}

/** A month is told for all of the round, or by services: both together would count twice. */
async function refuseTwice(
  tx: EntityManager,
  { id }: ProgrammeRound,
  month: string,
  service: string | null,
): Promise<void> {
  const [other] = await rowsOf(
    tx,
    sql`select from programme_round_month
        where round_id = ${id} and month = ${month} and (service_id is null) <> ${service === null}::boolean limit 1`,
  );
  if (!other) return;
  const told = service === null ? 'nach Angeboten' : 'für den ganzen Durchlauf';
  const message = `Dieser Monat ist schon ${told} gemeldet; beides zusammen zählte doppelt.`;
  throw new Refusal(INVALID_INPUT, message, ['input', 'service']);
}

/** A round with its programme, both locked: of two edits of one programme the second waits, and so does the count. */
async function lockRound(
  ctx: Context,
  tx: EntityManager,
  id: string,
  path: string[],
): Promise<{ programme: Programme; round: ProgrammeRound }> {
  const none = new Refusal(NOT_FOUND, 'Diesen Durchlauf gibt es nicht.', path);
  const known = isId(id) ? await tx.findOne(ProgrammeRound, { id }) : null;
  if (!known) throw none;
  const programme = await lockProgramme(ctx, tx, known.programme.id).catch(error => {
    throw error instanceof Refusal ? none : error;
  });
  await rowsOf(tx, sql`select from programme_round where id = ${known.id} for no key update`);
  return { programme, round: await tx.refreshOrFail(known) };
}

async function edit(
  tx: EntityManager,
  programme: Programme,
  round: ProgrammeRound,
  input: ProgrammeRoundInput,
): Promise<void> {
  const { from, until, intakeFrom, intakeUntil, places, participantsElsewhere, elsewhereSource } = input;
  checkNumbers({ places, participantsElsewhere });
  const { startsOn, endsOn } = round;
  Object.assign(round, {
    startsOn: from ?? round.startsOn,
    endsOn: until === undefined ? round.endsOn : until,
    intakeFrom: intakeFrom ?? round.intakeFrom,
    intakeUntil: intakeUntil ?? round.intakeUntil,
    places: places ?? round.places,
    participantsElsewhere: participantsElsewhere ?? round.participantsElsewhere,
    elsewhereSource: elsewhereSource === undefined ? round.elsewhereSource : emptied(elsewhereSource),
  });
  checkTimes(round.startsOn, round.endsOn, round.intakeFrom, round.intakeUntil);
  refuseOutside(programme, { startsOn, endsOn }, round);
  if (round.participantsElsewhere > 0 && round.elsewhereSource === null)
    throw new Refusal(INVALID_INPUT, 'Bitte angeben, wer diese Zahl gemeldet hat.', ['input', 'elsewhereSource']);
  refuseFaults(faultsOf({ elsewhereSource: round.elsewhereSource }, { elsewhereSource: optional(aLine()) }));
  await tx.flush();
  if (input.services !== undefined) await setServices(tx, programme, round, input.services ?? []);
  if (input.fieldsOfWork !== undefined) await setFields(tx, round, input.fieldsOfWork ?? []);
  await refuseOverlaps(tx, round);
}

function checkTimes(from: string, until: string | null, intakeFrom: string, intakeUntil: string): void {
  checkPeriod(from, until, ['input', 'until']);
  checkPeriod(intakeFrom, intakeUntil, ['input', 'intakeUntil']);
  if (until !== null && intakeUntil > until)
    throw new Refusal(INVALID_INPUT, 'Die Aufnahme endet erst nach dem Durchlauf.', ['input', 'intakeUntil']);
}

const CHECKS: Readonly<Record<string, Check>> = {
  places: whole(0, MOST_PLACES),
  participantsElsewhere: whole(0, MOST_PLACES),
  benefitCents: whole(0, MOST_CENTS_OF_MONTH),
  subsidyCents: whole(0, MOST_CENTS_OF_MONTH),
  coachingMinutes: whole(0, MOST_MINUTES_OF_MONTH),
};

function checkNumbers(numbers: Readonly<Record<string, number | null | undefined>>): void {
  const given = Object.entries(numbers).filter(([, value]) => value != null);
  refuseFaults(faultsOf(Object.fromEntries(given) as RecordDocument, CHECKS));
}

/** Of the leading network alone: a round closes the intake of its services outside its window. */
async function setServices(
  tx: EntityManager,
  { network }: Programme,
  { id }: ProgrammeRound,
  services: readonly string[],
): Promise<void> {
  const known = await rowsOf<{ id: string }>(
    tx,
    sql`select id from service where id = any(${services.filter(isId)}::uuid[]) and network_id = ${network.id}`,
  );
  const unknown = services.findIndex(one => !known.some(other => other.id === one.toLowerCase()));
  if (unknown >= 0)
    throw new Refusal(NOT_FOUND, 'Dieses Angebot gibt es im Netzwerk, das das Programm führt, nicht.', [
      'input',
      'services',
      String(unknown),
    ]);
  await change(tx, sql`delete from programme_round_service where round_id = ${id}`);
  await change(
    tx,
    sql`insert into programme_round_service (round_id, service_id) select ${id}::uuid, unnest(${known.map(one => one.id)}::uuid[])`,
  );
}

async function setFields(tx: EntityManager, { id }: ProgrammeRound, codes: readonly string[]): Promise<void> {
  const unknown = codes.findIndex(code => !isOccupation(code));
  if (unknown >= 0)
    throw new Refusal(INVALID_INPUT, 'Diesen Beruf gibt es nicht.', ['input', 'fieldsOfWork', String(unknown)]);
  await change(tx, sql`delete from programme_round_field where round_id = ${id}`);
  await change(
    tx,
    sql`insert into programme_round_field (round_id, occupation) select ${id}::uuid, unnest(${[...new Set(codes)]}::text[])`,
  );
}

async function serviceOfRound(
  tx: EntityManager,
  { id }: ProgrammeRound,
  service: string | null,
): Promise<string | null> {
  if (service === null) return null;
  const [found] = isId(service)
    ? await rowsOf(tx, sql`select from programme_round_service where round_id = ${id} and service_id = ${service}`)
    : [];
  if (found) return service;
  throw new Refusal(NOT_FOUND, 'Dieses Angebot gehört nicht zum Durchlauf.', ['input', 'service']);
}
