import { FieldGroup, type RecordKind, RecordName } from '../record/record.rules.js';
import { DISCREET, ServiceStatus } from './service.rules.js';

const listOf = (table: string, value: string) => ({ table, owner: 'service_id', value });

/** SQL: the levels of which places are shown coarsely, whoever raises them. */
const LITTLE = DISCREET.map(level => `'${level}'`).join(', ');

/** What the editors of its partner keep of a service. Places are reported, not edited, and are not among it. */
export const SERVICE_RECORD: RecordKind = {
  name: RecordName.SERVICE,
  table: 'service',
  partner: 't.partner_id',
  network: 't.network_id',
  owners: ({ partner, network }) => ({ partner_id: partner, network_id: network }),
  fields: {
    name: { column: 'name', de: 'Name', en: 'Name', group: FieldGroup.OFFER },
    description: { column: 'description', de: 'Beschreibung', en: 'Description', group: FieldGroup.OFFER },
    status: {
      column: 'status',
      initially: ServiceStatus.ACTIVE,
      de: 'Status',
      en: 'Status',
      group: FieldGroup.OFFER,
    },
    intakePausedUntil: {
      column: 'intake_paused_until',
      de: 'Aufnahmestopp bis',
      en: 'Intake paused until',
      group: FieldGroup.OFFER,
    },
    categories: {
      list: listOf('service_category', 'category_code'),
      set: true,
      de: 'Angebotsarten',
      en: 'Categories',
      group: FieldGroup.OFFER,
    },
    needs: {
      list: listOf('service_need', 'need_code'),
      set: true,
      de: 'Zielgruppen',
      en: 'Needs',
      group: FieldGroup.OFFER,
    },
    languages: {
      column: 'languages',
      set: true,
      initially: [],
      de: 'Sprachen',
      en: 'Languages',
      group: FieldGroup.OFFER,
    },
    interpretation: {
      column: 'interpretation',
      initially: false,
      de: 'Dolmetschen',
      en: 'Interpretation',
      group: FieldGroup.OFFER,
    },
    deliveryModes: {
      column: 'delivery_modes',
      set: true,
      initially: [],
      de: 'Zugangswege',
      en: 'Delivery modes',
      group: FieldGroup.OFFER,
    },
    minimumAge: { column: 'minimum_age', de: 'Mindestalter', en: 'Minimum age', group: FieldGroup.TERMS },
    maximumAge: { column: 'maximum_age', de: 'Höchstalter', en: 'Maximum age', group: FieldGroup.TERMS },
    criteria: {
      column: 'criteria',
      initially: [],
      de: 'Aufnahme- und Ausschlusskriterien',
      en: 'Criteria',
      group: FieldGroup.TERMS,
    },
    costs: { column: 'costs', initially: [], de: 'Kosten', en: 'Costs', group: FieldGroup.TERMS },
    requiredDocuments: {
      column: 'required_documents',
      initially: [],
      de: 'Mitzubringende Unterlagen',
      en: 'Required documents',
      group: FieldGroup.TERMS,
    },
    instruments: {
      column: 'instruments',
      initially: [],
      de: 'Förderinstrumente',
      en: 'Instruments',
      group: FieldGroup.TERMS,
    },
    howToApply: { column: 'how_to_apply', de: 'Anmeldung', en: 'How to apply', group: FieldGroup.TERMS },
    keepsWaitingList: {
      column: 'keeps_waiting_list',
      initially: false,
      de: 'Warteliste',
      en: 'Waiting list',
      group: FieldGroup.TERMS,
    },
    feedbackLevel: {
      column: 'feedback_level',
      alsoSets: `places_rounded_since = case when t.feedback_level in (${LITTLE}) and not r.feedback_level in (${LITTLE})
        then edit.at else t.places_rounded_since end`,
      de: 'Rückmeldestufe',
      en: 'Feedback level',
      group: FieldGroup.TERMS,
    },
    locations: {
      list: listOf('service_location', 'location_id'),
      names: true,
      set: true,
      de: 'Standorte',
      en: 'Locations',
      group: FieldGroup.PLACE,
    },
    serviceArea: {
      list: listOf('service_area', 'area_key'),
      set: true,
      de: 'Einzugsgebiet',
      en: 'Service area',
      group: FieldGroup.PLACE,
    },
    openingHours: {
      column: 'opening_hours',
      initially: [],
      de: 'Öffnungszeiten',
      en: 'Opening hours',
      group: FieldGroup.HOURS,
    },
    contacts: { column: 'contacts', initially: [], de: 'Ansprechpersonen', en: 'Contacts', group: FieldGroup.CONTACT },
    email: { column: 'email', de: 'E-Mail', en: 'E-mail', group: FieldGroup.CONTACT },
    phone: { column: 'phone', de: 'Telefon', en: 'Phone', group: FieldGroup.CONTACT },
    website: { column: 'website', de: 'Webseite', en: 'Website', group: FieldGroup.CONTACT },
  },
};
