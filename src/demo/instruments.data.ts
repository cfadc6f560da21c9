import type { ServiceInstrument } from '../instrument/service-instrument.rules.js';
import type { OfferKey } from './catalogue/catalogue.js';

const takes = (instrument: string, own: Partial<ServiceInstrument> = {}): ServiceInstrument => ({
  instrument,
  required: false,
  ...own,
});

const APPROVED = { approvedProvider: true, approvedMeasure: true, approvalNumber: '2025/1234' } as const;

/** By which instruments places are paid, by the kind of offer. */
export const INSTRUMENTS_OF_OFFERS: Readonly<Partial<Record<OfferKey, readonly ServiceInstrument[]>>> = {
  jobCoaching: [takes('sgb3-45', APPROVED)],
  familyCoaching: [takes('sgb3-45', APPROVED)],
  refugeeCoaching: [takes('sgb3-45', { approvedProvider: true })],
  placement: [takes('sgb3-45', APPROVED)],
  holistic: [takes('sgb2-16k')],
  integration: [takes('sgb9-192')],
  opportunityWood: [takes('sgb2-16d', { required: true })],
  opportunityGreen: [takes('sgb2-16d', { required: true })],
  participationJobs: [takes('sgb2-16i', { required: true, validFrom: '2019-01-01' }), takes('sgb2-16k')],
  wageSubsidy: [takes('sgb2-16e', { required: true })],
  energyHelpers: [takes('sgb2-16i', { validFrom: '2019-01-01' }), takes('sgb2-16k')],
  inclusiveKitchen: [takes('sgb9-61')],
  inclusiveLaundry: [takes('sgb9-61')],
};

/** A programme of the state that is no law, and is over; the hub's administration entered it. */
export const STATE_INSTRUMENT = {
  code: 'nrw-oegb',
  law: 'Landesprogramm NRW',
  nameDe: 'Öffentlich geförderte Beschäftigung NRW',
  nameEn: 'Publicly subsidised employment NRW',
  validFrom: '2013-01-01',
  validTo: '2018-12-31',
  source: 'Förderaufruf des Landes, Einzelheiten unbestätigt',
} as const;
