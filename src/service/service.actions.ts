import type { EntityManager } from '@mikro-orm/postgresql';
import { checkRecordVersion, editRecord, refuseFaults } from '../record/record-edit.actions.js';
import { tellNextInLine } from '../referral-step/referral-waiting.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { write } from '../shared/write.js';
import { type FreeReport, lockPlaces, setFree } from './capacity.actions.js';
import { storeReports } from './capacity-report.actions.js';
import { capacityFaults, LONGEST_WAIT_DAYS, rangeFaults } from './capacity-report.rules.js';
import { mayEditService } from './service.access.js';
import { Service } from './service.entity.js';
import type { CapacityReportInput } from './service.inputs.js';
import { freePlaces, MOST_PLACES } from './service.rules.js';
import { lockService } from './service-edit.actions.js';
import { SERVICE_RECORD } from './service-record.rules.js';

const NO_SUCH_SERVICE = 'Dieses Angebot gibt es nicht, oder Sie dürfen es nicht bearbeiten.';

/** Stores what the partner reports of its places, dated now; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function reportCapacity(ctx: Context, id: string, input: CapacityReportInput): Promise<string> {
  return write(ctx, async tx => {
    const service = await editable(ctx, tx, id);
    refuseFaults(capacityFaults(input));
    await storeReports(tx, [{ service: service.id, report: input }], ctx.now);
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
    await checkRecordVersion(tx, SERVICE_RECORD, service, expectedVersion, { intakePausedUntil: until });
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

/** INVALID_INPUT on the field of the input for a number of places that nobody has. */
export const checkPlaces = (field: string, value: number | null | undefined): void =>
  checkRange(field, value, MOST_PLACES);

/** INVALID_INPUT on the field of the input for a wait that nobody waits. */
export const checkWaitDays = (field: string, value: number | null | undefined): void =>
  checkRange(field, value, LONGEST_WAIT_DAYS);

const checkRange = (field: string, value: number | null | undefined, most: number): void =>
  refuseFaults(rangeFaults(field, value, most));
