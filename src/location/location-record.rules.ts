import { FieldGroup, type RecordKind, RecordName } from '../record/record.rules.js';
import { LocationStatus } from './location.rules.js';

/** What the editors of its partner keep of a location. */
export const LOCATION_RECORD: RecordKind = {
  name: RecordName.LOCATION,
  table: 'location',
  partner: 't.partner_id',
  network: '(select p.network_id from partner p where p.id = t.partner_id)',
  owners: ({ partner }) => ({ partner_id: partner }),
  merges: true,
  secret: { where: 'addressProtected', fields: ['street', 'postalCode', 'latitude', 'longitude', 'directions'] },
  fields: {
    name: { column: 'name', de: 'Name', en: 'Name', group: FieldGroup.PLACE },
    status: {
      column: 'status',
      initially: LocationStatus.ACTIVE,
      de: 'Status',
      en: 'Status',
      group: FieldGroup.PLACE,
    },
    street: { column: 'street', de: 'Straße', en: 'Street', group: FieldGroup.PLACE },
    postalCode: { column: 'postal_code', de: 'Postleitzahl', en: 'Postal code', group: FieldGroup.PLACE },
    city: { column: 'city', de: 'Ort', en: 'Town', group: FieldGroup.PLACE },
    municipality: { column: 'municipality_key', de: 'Gemeinde', en: 'Municipality', group: FieldGroup.PLACE },
    latitude: { column: 'latitude', de: 'Breite', en: 'Latitude', group: FieldGroup.PLACE },
    longitude: { column: 'longitude', de: 'Länge', en: 'Longitude', group: FieldGroup.PLACE },
    addressProtected: {
      column: 'address_protected',
      initially: false,
      de: 'Adresse geschützt',
      en: 'Address protected',
      group: FieldGroup.PLACE,
      bindsMerged: true,
    },
    directions: { column: 'directions', de: 'Anfahrt', en: 'Directions', group: FieldGroup.PLACE },
    accessibility: {
      list: {
        table: 'accessibility_entry',
        owner: 'location_id',
        value: { feature: 'feature', state: 'state', assessedOn: 'assessed_on' },
      },
      set: true,
      // AssessmentStatus.COMPLETED of the accessibility's rules: from then on the latest one tells, and nothing else.
      decidedWhere: `exists (select from accessibility_assessment decisive
        where decisive.location_id = t.id and decisive.status = 'COMPLETED')`,
      de: 'Barrierefreiheit',
      en: 'Accessibility',
      group: FieldGroup.PLACE,
    },
    openingHours: {
      column: 'opening_hours',
      initially: [],
      de: 'Öffnungszeiten',
      en: 'Opening hours',
      group: FieldGroup.HOURS,
    },
    phone: { column: 'phone', de: 'Telefon', en: 'Phone', group: FieldGroup.CONTACT },
  },
};
