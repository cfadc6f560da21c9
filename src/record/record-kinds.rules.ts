import { JOB_OPENING_RECORD } from '../job-opening/job-opening-record.rules.js';
import { LOCATION_RECORD } from '../location/location-record.rules.js';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import { type RecordKind, RecordName } from './record.rules.js';

/** Every kind of record that people edit, confirm, propose changes of and look back at. */
export const RECORD_KINDS: Readonly<Record<RecordName, RecordKind>> = {
  [RecordName.PARTNER]: PARTNER_RECORD,
  [RecordName.LOCATION]: LOCATION_RECORD,
  [RecordName.SERVICE]: SERVICE_RECORD,
  [RecordName.JOB_OPENING]: JOB_OPENING_RECORD,
};
