import type { EntityManager } from '@mikro-orm/postgresql';
import { checkConfirmed, confirmEdits, confirmMade } from '../confirmation/confirmed-edit.actions.js';
import { saidWhole, wantedHours } from '../opening-hours/opening-hours-input.rules.js';
import { lockPartner } from '../partner/partner.actions.js';
import { isOut } from '../partner/partner.rules.js';
import { isKeeper } from '../partner/partner-keepers.query.js';
import type { StoredRecord } from '../record/record.query.js';
import { completed, type FieldGroup, Origin, type RecordDocument } from '../record/record.rules.js';
import { checkRecordVersion, editRecord, lockForEdit, refuseFaults } from '../record/record-edit.actions.js';
import { wantedOf } from '../record/record-input.rules.js';
import { naming } from '../record/standing.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { ServiceStatus } from './service.rules.js';
import type { ServiceInput } from './service-edit.inputs.js';
import { faultsOfService, pausedInThePast } from './service-faults.rules.js';
import { createServices } from './service-record.actions.js';
import { SERVICE_RECORD } from './service-record.rules.js';
import { serviceReferenceFaults } from './service-references.query.js';

/** A new service of a partner, confirmed by being entered; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function createService(ctx: Context, partnerId: string, input: ServiceInput): Promise<string> {
  return write(ctx, async tx => {
    const { id: partner, network, document: owner } = await lockPartner(ctx, tx, partnerId, 'partner');
    if (isOut(owner.status))
      throw new Refusal(UserErrorCode.INVALID_INPUT, 'Dieser Partner ist nicht mehr dabei.', ['partner']);
    const document = completed(SERVICE_RECORD, await naming(tx, SERVICE_RECORD, wantedOfService(input)));
    await checkService(tx, partner, document);
    refuseFaults(pausedInThePast({}, document, berlinDay(ctx.now)));
    const by = { origin: Origin.EDIT, at: ctx.now, account: ctx.viewer.accountId };
    const ids = await createServices(tx, [{ partner, network, document }], by);
    await confirmMade(ctx, tx, SERVICE_RECORD, ids);
    return ids[0]!;
  });
}

/** Changes what is given, and confirms groups of its fields; NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT. Returns the id. */
export function updateService(
  ctx: Context,
  id: string,
  input: ServiceInput,
  expectedVersion?: number | null,
  confirm?: readonly FieldGroup[] | null,
): Promise<string> {
  return write(ctx, async tx => {
    const service = await lockService(ctx, tx, id);
    checkConfirmed(SERVICE_RECORD, confirm);
    const wanted = await naming(tx, SERVICE_RECORD, wantedOfService(input, service.document));
    await checkRecordVersion(tx, SERVICE_RECORD, service, expectedVersion, wanted);
    await checkService(tx, service.partner, { ...service.document, ...wanted }, Object.keys(wanted));
    refuseFaults(pausedInThePast(service.document, wanted, berlinDay(ctx.now)));
    const changes = (await editRecord(ctx, tx, SERVICE_RECORD, service, wanted))?.changes ?? {};
    await confirmEdits(ctx, tx, SERVICE_RECORD, [
      { id: service.id, wanted: saidWhole(input, wanted), changes, confirm },
    ]);
    return service.id;
  });
}

/** Takes no referrals any more; those that run go on. NOT_FOUND, VERSION_CONFLICT. Returns the id. */
export function archiveService(ctx: Context, id: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const service = await lockService(ctx, tx, id);
    const wanted = { status: ServiceStatus.CLOSED };
    await checkRecordVersion(tx, SERVICE_RECORD, service, expectedVersion, wanted);
    await editRecord(ctx, tx, SERVICE_RECORD, service, wanted);
    return service.id;
  });
}

/** What an input says of a service; ids as they are stored. `stored`: of one that is there already. */
export const wantedOfService = (
  { locations, openingHours, addExceptions, removeExceptions, ...input }: ServiceInput,
  stored: RecordDocument = {},
): RecordDocument => ({
  ...wantedOf(SERVICE_RECORD, {
    ...input,
    locations: locations?.map(one => (isId(one) ? one.toLowerCase() : one)) ?? locations,
  }),
  ...wantedHours(openingHours, stored.openingHours, { addExceptions, removeExceptions }),
});

/**
 * INVALID_INPUT for what a service of that partner cannot be. `document`: all of it; `changed`: the fields to look at,
 * all when left out. What it names stays there until the end of the transaction.
 */
export async function checkService(
  tx: EntityManager,
  partner: string,
  document: RecordDocument,
  changed?: readonly string[],
): Promise<void> {
  refuseFaults(faultsOfService(document, changed));
  if (!changed || changed.includes('locations') || changed.includes('status')) await holdLocations(tx, [document]);
  refuseFaults((await serviceReferenceFaults(tx, [{ partner, document, ...(changed && { changed }) }])).flat());
}

/** Nobody archives one of their locations meanwhile. */
export async function holdLocations(tx: EntityManager, services: readonly RecordDocument[]): Promise<void> {
  const ids = services.flatMap(({ locations }) => (locations ?? []) as readonly string[]).filter(isId);
  if (ids.length === 0) return;
  await rowsOf(tx, sql`select from location where id = any(${ids}::uuid[]) order by id for share`);
}

/** A service whose record the viewer keeps, locked; NOT_FOUND. */
export const lockService = ({ viewer }: Context, tx: EntityManager, id: string): Promise<StoredRecord> =>
  lockForEdit(
    tx,
    SERVICE_RECORD,
    id,
    one => isKeeper(tx, viewer, one),
    'Dieses Angebot gibt es nicht, oder Sie dürfen es nicht bearbeiten.',
  );
