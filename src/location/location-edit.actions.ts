import type { EntityManager } from '@mikro-orm/postgresql';
import { checkConfirmed, confirmEdits, confirmMade } from '../confirmation/confirmed-edit.actions.js';
import { saidWhole, wantedHours } from '../opening-hours/opening-hours-input.rules.js';
import { lockPartner } from '../partner/partner.actions.js';
import { isOut } from '../partner/partner.rules.js';
import { isKeeper } from '../partner/partner-keepers.query.js';
import { createRecords } from '../record/record.actions.js';
import type { StoredRecord } from '../record/record.query.js';
import { completed, type FieldGroup, Origin, type RecordChanges, type RecordDocument } from '../record/record.rules.js';
import {
  checkRecordVersion,
  editRecord,
  lockForEdit,
  refuseDecided,
  refuseFaults,
} from '../record/record-edit.actions.js';
import { wantedOf } from '../record/record-input.rules.js';
import { ServiceStatus } from '../service/service.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { LocationStatus } from './location.rules.js';
import type { LocationInput } from './location-edit.inputs.js';
import { faultsOfLocation } from './location-faults.rules.js';
import { implausibleOfLocation } from './location-plausible.rules.js';
import { LOCATION_RECORD } from './location-record.rules.js';
import { locationReferenceFaults, surroundingsOf } from './location-references.query.js';

/** A new location of a partner, confirmed by being entered; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function createLocation(ctx: Context, partnerId: string, input: LocationInput): Promise<string> {
  return write(ctx, async tx => {
    const partner = await lockPartner(ctx, tx, partnerId, 'partner');
    if (isOut(partner.document.status))
      throw new Refusal(UserErrorCode.INVALID_INPUT, 'Dieser Partner ist nicht mehr dabei.', ['partner']);
    const document = completed(LOCATION_RECORD, wantedOfLocation(input));
    refuseFaults(faultsOfLocation(document));
    refuseFaults((await locationReferenceFaults(tx, [document])).flat());
    await refuseImplausible(tx, {}, document, ctx.now);
    const by = { origin: Origin.EDIT, at: ctx.now, account: ctx.viewer.accountId };
    const ids = await createRecords(
      tx,
      LOCATION_RECORD,
      [{ partner: partner.id, network: partner.network, document }],
      by,
    );
    await confirmMade(ctx, tx, LOCATION_RECORD, ids);
    return ids[0]!;
  });
}

/** Changes what is given, and confirms groups of its fields; NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT. Returns the id. */
export function updateLocation(
  ctx: Context,
  id: string,
  input: LocationInput,
  expectedVersion?: number | null,
  confirm?: readonly FieldGroup[] | null,
): Promise<string> {
  return write(ctx, async tx => {
    const location = await lockLocation(ctx, tx, id);
    checkConfirmed(LOCATION_RECORD, confirm);
    const wanted = wantedOfLocation(input, location.document);
    const changes = await edit(ctx, tx, location, wanted, expectedVersion, ['input', 'status']);
    await confirmEdits(ctx, tx, LOCATION_RECORD, [
      { id: location.id, wanted: saidWhole(input, wanted), changes, confirm },
    ]);
    return location.id;
  });
}

/** Nothing takes place there any more; NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT while something does. Returns the id. */
export function archiveLocation(ctx: Context, id: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const location = await lockLocation(ctx, tx, id);
    await edit(ctx, tx, location, { status: LocationStatus.ARCHIVED }, expectedVersion, ['id']);
    return location.id;
  });
}

/** What an input says of a location. `stored`: of one that is there already. */
export const wantedOfLocation = (
  { openingHours, addExceptions, removeExceptions, ...input }: LocationInput,
  stored: RecordDocument = {},
): RecordDocument => ({
  ...wantedOf(LOCATION_RECORD, input),
  ...wantedHours(openingHours, stored.openingHours, { addExceptions, removeExceptions }),
});

async function edit(
  ctx: Context,
  tx: EntityManager,
  location: StoredRecord,
  wanted: RecordDocument,
  expectedVersion: number | null | undefined,
  path: string[],
): Promise<RecordChanges> {
  await checkRecordVersion(tx, LOCATION_RECORD, location, expectedVersion, wanted);
  await checkLocation(tx, location, wanted, ctx.now);
  if (wanted.status === LocationStatus.ARCHIVED) await checkUnused(tx, location.id, path);
  return (await editRecord(ctx, tx, LOCATION_RECORD, location, wanted))?.changes ?? {};
}

/** INVALID_INPUT for what a location cannot be, or an assessment decided. `location`: as it is stored; `wanted`: what is to be otherwise. */
export async function checkLocation(
  tx: EntityManager,
  location: Pick<StoredRecord, 'document' | 'decided'>,
  wanted: RecordDocument,
  now: Date,
): Promise<void> {
  const { document } = location;
  refuseFaults(faultsOfLocation({ ...document, ...wanted }, Object.keys(wanted)));
  refuseDecided(LOCATION_RECORD, location, wanted);
  refuseFaults((await locationReferenceFaults(tx, [wanted])).flat());
  await refuseImplausible(tx, document, wanted, now);
}

/** INVALID_INPUT for what nobody can mean; files may say it all the same, of other countries too. */
async function refuseImplausible(
  tx: EntityManager,
  document: RecordDocument,
  wanted: RecordDocument,
  now: Date,
): Promise<void> {
  const { latitude, municipality } = { ...document, ...wanted };
  const isPlaced = latitude != null && ['latitude', 'longitude', 'municipality'].some(field => field in wanted);
  const surroundings = isPlaced ? await surroundingsOf(tx, municipality) : null;
  refuseFaults(implausibleOfLocation(document, wanted, surroundings, berlinDay(now)));
}

const lockLocation = ({ viewer }: Context, tx: EntityManager, id: string): Promise<StoredRecord> =>
  lockForEdit(
    tx,
    LOCATION_RECORD,
    id,
    one => isKeeper(tx, viewer, one),
    'Diesen Standort gibt es nicht, oder Sie dürfen ihn nicht bearbeiten.',
  );

const MOST_NAMED = 5;

/** The location is locked: a service that is to take place there waits, and then sees that it is archived. */
async function checkUnused(tx: EntityManager, id: string, path: string[]): Promise<void> {
  const services = await rowsOf<{ name: string }>(
    tx,
    sql`select s.name from service_location sl join service s on s.id = sl.service_id
        where sl.location_id = ${id} and s.status <> ${ServiceStatus.CLOSED} order by s.name, s.id limit ${MOST_NAMED + 1}`,
  );
  if (services.length === 0) return;
  const names = services.slice(0, MOST_NAMED).map(({ name }) => `„${name}“`);
  const more = services.length > MOST_NAMED ? ' und mehr' : '';
  throw new Refusal(
    UserErrorCode.INVALID_INPUT,
    `Hier finden noch Angebote statt: ${names.join(', ')}${more}. Bitte erst einen anderen Standort angeben.`,
    path,
  );
}
