import type { EntityManager } from '@mikro-orm/postgresql';
import { checkRecordVersion, editRecord } from '../record/record-edit.actions.js';
import { tellNextInLine } from '../referral-step/referral-waiting.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { write } from '../shared/write.js';
import { type FreeReport, lockPlaces, setFree } from './capacity.actions.js';
import { mayEditService } from './service.access.js';
import { Service } from './service.entity.js';
import type { CapacityReportInput } from './service.inputs.js';
import { freePlaces, MOST_PLACES } from './service.rules.js';
import { ServiceCapacity } from './service-capacity.entity.js';
import { lockService } from './service-edit.actions.js';
import { SERVICE_RECORD } from './service-record.rules.js';

/** More places than any provider has: beyond it a number is a slip. */
const LONGEST_WAIT_DAYS = 3_650;

const NO_SUCH_SERVICE = 'Dieses Angebot gibt es nicht, oder Sie dürfen es nicht bearbeiten.';

/** Stores what the partner reports of its places, dated now; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function reportCapacity(ctx: Context, id: string, input: CapacityReportInput): Promise<string> {
  return write(ctx, async tx => {
    const service = await editable(ctx, tx, id);
    const { total, occupiedElsewhere, waiting, expectedWaitDays } = checked(input);
    const places = await lockPlaces(tx, service.id);
    await tx.nativeUpdate(
      ServiceCapacity,
      { service: service.id },
      {
        ...(total !== undefined && { total }),
        ...(occupiedElsewhere !== undefined && { occupiedElsewhere: occupiedElsewhere ?? 0 }),
        ...(waiting !== undefined && { reportedWaiting: waiting }),
        ...(expectedWaitDays !== undefined && { expectedWaitDays }),
        reportedAt: ctx.now,
      },
    );
    const reported = {
      ...places,
      ...(total !== undefined && { total }),
      ...(occupiedElsewhere !== undefined && { occupiedElsewhere: occupiedElsewhere ?? 0 }),
    };
    const freed = { before: freePlaces(places), after: freePlaces(reported) };
    await tellNextInLine(tx, service.id, freed, ctx.now);
    return service.id;
  });
}

/** Stores what a partner says of its free places in answer to a question, dated now, inside the caller's transaction. */
export async function reportFree(tx: EntityManager, service: Service, report: FreeReport, at: Date): Promise<void> {
  const before = freePlaces(await lockPlaces(tx, service.id));
  const after = freePlaces(await setFree(tx, service, report, at));
  await tellNextInLine(tx, service.id, { before, after }, at);
}

/** Takes nobody up to and including that day; null opens the intake again. NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. */
export function pauseIntake(
  ctx: Context,
  id: string,
  until: string | null,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const service = await lockService(ctx, tx, id);
    checkRecordVersion(SERVICE_RECORD, service, expectedVersion, { intakePausedUntil: until });
    if (until !== null && until < berlinDay(ctx.now))
      throw new Refusal(UserErrorCode.INVALID_INPUT, 'Der Tag liegt in der Vergangenheit.', ['until']);
    await editRecord(ctx, tx, SERVICE_RECORD, service, { intakePausedUntil: until });
    return service.id;
  });
}

/** A service of the viewer, or NOT_FOUND. */
async function editable({ viewer }: Context, tx: EntityManager, id: string): Promise<Service> {
  const service = isId(id) ? await tx.findOne(Service, { id }) : null;
  if (!service || !mayEditService(viewer, service)) throw new Refusal(UserErrorCode.NOT_FOUND, NO_SUCH_SERVICE, ['id']);
  return service;
}

function checked(input: CapacityReportInput): CapacityReportInput {
  const { expectedWaitDays, ...places } = input;
  for (const [field, value] of Object.entries({ ...places })) checkPlaces(field, value);
  checkWaitDays('expectedWaitDays', expectedWaitDays);
  return input;
}

/** INVALID_INPUT on the field of the input for a number of places that nobody has. */
export const checkPlaces = (field: string, value: number | null | undefined): void =>
  checkRange(field, value, MOST_PLACES);

/** INVALID_INPUT on the field of the input for a wait that nobody waits. */
export const checkWaitDays = (field: string, value: number | null | undefined): void =>
  checkRange(field, value, LONGEST_WAIT_DAYS);

function checkRange(field: string, value: number | null | undefined, most: number): void {
  if (value == null || (value >= 0 && value <= most)) return;
  throw new Refusal(UserErrorCode.INVALID_INPUT, `Möglich ist eine Zahl von 0 bis ${most.toLocaleString('de')}.`, [
    'input',
    field,
  ]);
}
