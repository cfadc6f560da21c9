import { FieldGroup, type RecordKind, RecordName } from '../record/record.rules.js';
import { JobOpeningStatus } from './job-opening.rules.js';

/** What the editors of its partner keep of a job opening. */
export const JOB_OPENING_RECORD: RecordKind = {
  name: RecordName.JOB_OPENING,
  table: 'job_opening',
  partner: 't.partner_id',
  network: 't.network_id',
  owners: ({ partner, network }) => ({ partner_id: partner, network_id: network }),
  fields: {
    title: { column: 'title', de: 'Bezeichnung', en: 'Title', group: FieldGroup.OFFER },
    occupation: {
      column: 'occupation',
      de: 'Beruf (KldB 2010)',
      en: 'Occupation (KldB 2010)',
      group: FieldGroup.OFFER,
    },
    description: { column: 'description', de: 'Beschreibung', en: 'Description', group: FieldGroup.OFFER },
    status: {
      column: 'status',
      initially: JobOpeningStatus.OPEN,
      de: 'Status',
      en: 'Status',
      group: FieldGroup.OFFER,
    },
    positions: { column: 'positions', initially: 1, de: 'Freie Stellen', en: 'Positions', group: FieldGroup.OFFER },
    validUntil: { column: 'valid_until', de: 'Gültig bis', en: 'Valid until', group: FieldGroup.OFFER },
    hoursFrom: { column: 'hours_from', de: 'Wochenstunden von', en: 'Hours a week from', group: FieldGroup.TERMS },
    hoursTo: { column: 'hours_to', de: 'Wochenstunden bis', en: 'Hours a week to', group: FieldGroup.TERMS },
    payFromCents: { column: 'pay_from_cents', de: 'Lohn von', en: 'Pay from', group: FieldGroup.TERMS },
    payToCents: { column: 'pay_to_cents', de: 'Lohn bis', en: 'Pay to', group: FieldGroup.TERMS },
    payPer: { column: 'pay_per', de: 'Lohn je', en: 'Pay per', group: FieldGroup.TERMS },
    collectiveAgreement: {
      column: 'collective_agreement',
      de: 'Tarifvertrag',
      en: 'Collective agreement',
      group: FieldGroup.TERMS,
    },
    startsOn: { column: 'starts_on', de: 'Beginn', en: 'Start', group: FieldGroup.TERMS },
    fixedTermUntil: {
      column: 'fixed_term_until',
      de: 'Befristet bis',
      en: 'Fixed term until',
      group: FieldGroup.TERMS,
    },
    requirements: { column: 'requirements', de: 'Anforderungen', en: 'Requirements', group: FieldGroup.TERMS },
    languages: {
      column: 'languages',
      set: true,
      initially: [],
      de: 'Sprachen',
      en: 'Languages',
      group: FieldGroup.TERMS,
    },
    needs: {
      list: { table: 'job_opening_need', owner: 'job_opening_id', value: 'need_code' },
      set: true,
      de: 'Geeignet für',
      en: 'Suited for',
      group: FieldGroup.OFFER,
    },
    location: { column: 'location_id', names: true, de: 'Arbeitsort', en: 'Location', group: FieldGroup.PLACE },
  },
};
