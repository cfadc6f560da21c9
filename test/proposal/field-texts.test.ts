import { beforeAll, describe, expect, test } from 'vitest';
import { JobOpeningStatus, PayPeriod } from '../../src/job-opening/job-opening.rules.js';
import { AccessibilityFeature, FeatureState, LocationStatus } from '../../src/location/location.rules.js';
import { Attendance, OnHolidays, Recurrence, Weekday } from '../../src/opening-hours/opening-hours.rules.js';
import { PartnerKind, PartnerStatus } from '../../src/partner/partner.rules.js';
import { valueText } from '../../src/proposal/field-texts.rules.js';
import type { JsonValue } from '../../src/record/record.rules.js';
import { RECORD_KINDS } from '../../src/record/record-kinds.rules.js';
import { DeliveryMode, FeedbackLevel, ServiceStatus } from '../../src/service/service.rules.js';
import { CostUnit, CriterionEffect } from '../../src/service/service-terms.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('field_texts');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeAll(async () => {
  world = await hub.given();
});

const valuesOf = (words: object): string[] => Object.values(words);

/** Of every field of every kind: values in which each word of each enumeration occurs, and each shape. */
const VALUES: Record<string, JsonValue[]> = {
  name: ['Würselen'],
  alternateName: ['Anker'],
  title: ['Koch'],
  kinds: [valuesOf(PartnerKind)],
  description: ['Wir beraten.'],
  email: ['post@anker.example'],
  phone: ['0241 5'],
  website: ['https://anker.example'],
  contacts: [[{ responsibility: 'Anmeldung', name: 'Ayşe Yıl', phone: '0241 5', languages: ['de', 'tr', 'gsg'] }]],
  street: ['Domplatte 1'],
  postalCode: ['52146'],
  city: ['Würselen'],
  latitude: [50.775346],
  longitude: [6.083887],
  addressProtected: [true, false],
  directions: ['Bus 11'],
  accessibility: [
    valuesOf(AccessibilityFeature).map(feature => ({ feature, state: 'YES', assessedOn: '2025-07-17' })),
    valuesOf(FeatureState).map(state => ({ feature: 'LIFT', state, assessedOn: null })),
  ],
  openingHours: [
    [
      ...valuesOf(Weekday).flatMap(weekday =>
        valuesOf(Attendance).map(attendance => ({
          kind: 'RULE',
          days: [{ weekday }],
          opens: '09:00',
          closes: '12:00',
          attendance,
        })),
      ),
      ...valuesOf(OnHolidays).map(onHolidays => ({
        kind: 'RULE',
        days: [{ weekday: 'MONDAY', ordinal: -1 }],
        frequency: 'MONTHLY',
        opens: '14:00',
        closes: '15:30',
        onHolidays,
      })),
      ...valuesOf(Recurrence).map(frequency => ({
        kind: 'RULE',
        frequency,
        interval: 2,
        anchor: '2026-01-05',
        opens: '18:00',
        closes: '19:00',
      })),
      { kind: 'EXCEPTION', from: '2026-12-24', until: '2027-01-01', weekdays: ['MONDAY'], reason: 'Ferien' },
    ],
  ],
  intakePausedUntil: ['2026-12-24'],
  languages: [['de', 'tr', 'gsg', 'uk', 'ar']],
  interpretation: [true, false],
  deliveryModes: [valuesOf(DeliveryMode)],
  minimumAge: [18],
  maximumAge: [65],
  costs: [
    [
      ...valuesOf(CostUnit).map(unit => ({ amountCents: 1000, currency: 'EUR', unit, free: false })),
      { amountCents: 125_000, currency: 'EUR', free: false, description: 'Beitrag', validFrom: '2026-01-01' },
      { currency: 'EUR', free: true },
      { currency: 'EUR', free: false },
    ],
  ],
  requiredDocuments: [[{ name: 'Ausweis', url: 'https://anker.example/a' }, { name: 'Bescheid' }]],
  instruments: [
    [
      { instrument: 'sgb2-16d', required: true, approvalNumber: '123', validFrom: '2026-01-01', validTo: '2027-12-31' },
      { instrument: 'sgb3-45', required: false, approvedProvider: true, approvedMeasure: true },
      { instrument: 'sgb2-16k', required: false },
    ],
  ],
  howToApply: ['Bitte anrufen'],
  keepsWaitingList: [true, false],
  feedbackLevel: valuesOf(FeedbackLevel),
  occupation: ['29', '29301'],
  positions: [2],
  validUntil: ['2026-12-24'],
  hoursFrom: [19.5],
  hoursTo: [39],
  payFromCents: [1250],
  payToCents: [320_050],
  payPer: valuesOf(PayPeriod),
  collectiveAgreement: ['TVöD E5'],
  startsOn: ['2026-12-24'],
  fixedTermUntil: ['2027-12-24'],
  requirements: ['Führerschein'],
  status: [
    ...valuesOf(PartnerStatus),
    ...valuesOf(LocationStatus),
    ...valuesOf(ServiceStatus),
    ...valuesOf(JobOpeningStatus),
  ],
};

/** What no person writes: words of the schema, of the program, days and sums of machines. */
const CODED = [
  /\b[A-Z]{2,}_[A-Z_]+\b/,
  new RegExp(
    `\\b(${[
      ...[PartnerKind, PartnerStatus, LocationStatus, AccessibilityFeature, FeatureState, ServiceStatus, DeliveryMode],
      ...[
        FeedbackLevel,
        CostUnit,
        CriterionEffect,
        JobOpeningStatus,
        PayPeriod,
        Weekday,
        Attendance,
        OnHolidays,
        Recurrence,
      ],
    ]
      .flatMap(valuesOf)
      .join('|')})\\b`,
  ),
  /\b(EUR|RULE|EXCEPTION|true|false|null|undefined)\b/,
  /\d{4}-\d{2}-\d{2}/,
  /[0-9a-f]{8}-[0-9a-f]{4}/,
  /[a-z]+-[a-z]+-[a-z]+|\[object/,
  /(^|[ ,;])(de|tr|gsg|uk|ar|05|05334|\d{8})([ ,;]|$)/,
];

const NAMED = ['parent', 'municipality', 'categories', 'needs', 'criteria', 'locations', 'location', 'serviceArea'];

describe('a value is told as people write it', () => {
  const fields = [...new Set(Object.values(RECORD_KINDS).flatMap(({ fields: of }) => Object.keys(of)))];

  test.each(fields)('%s', field => {
    if (NAMED.includes(field)) return;
    const values = VALUES[field];
    expect(values, 'a new field wants to be written').toBeDefined();
    for (const value of values!)
      for (const language of ['de', 'en']) {
        const text = valueText(field, value, language, new Map());
        expect(text).toBeTruthy();
        for (const coded of CODED) expect(text).not.toMatch(coded);
      }
    expect(valueText(field, null, 'de', new Map())).toBeNull();
  });

  test.each<[string, JsonValue, string]>([
    [
      'costs',
      [{ amountCents: 1000, currency: 'EUR', unit: 'MONTH', free: false, description: 'Beitrag' }],
      '10,00 € im Monat (Beitrag)',
    ],
    ['costs', [{ amountCents: 1250, currency: 'EUR', free: false }], '12,50 €'],
    ['costs', [{ amountCents: 100, currency: 'CHF', unit: 'ONCE', free: false }], '1,00 CHF einmalig'],
    ['costs', [{ currency: 'EUR', free: true, description: 'für alle' }], 'kostenlos (für alle)'],
    ['costs', [{ currency: 'EUR', free: false }], 'Betrag nicht bekannt'],
    [
      'costs',
      [{ amountCents: 0, currency: 'EUR', free: false, validFrom: '2026-01-01', validTo: '2026-06-30' }],
      '0,00 €, ab 01.01.2026 bis 30.06.2026',
    ],
    [
      'accessibility',
      [{ feature: 'LIFT', state: 'YES', assessedOn: '2025-07-17' }],
      'Aufzug: ja (geprüft am 17.07.2025)',
    ],
    ['accessibility', [{ feature: 'QUIET_ROOM', state: 'UNKNOWN' }], 'Ruhiger Raum: nicht bekannt'],
    ['languages', ['tr', 'gsg'], 'Türkisch, Deutsche Gebärdensprache'],
    [
      'contacts',
      [{ responsibility: 'Anmeldung', phone: '0241 5', languages: ['tr'] }],
      'Anmeldung, 0241 5, spricht Türkisch',
    ],
    ['payFromCents', 1450, '14,50 €'],
    ['hoursFrom', 19.5, '19,5 Stunden'],
    ['latitude', 50.775346, '50,775346'],
    ['feedbackLevel', 'RECEIVED_ONLY', 'nur Eingang und Aufnahme'],
    ['description', '2026-01-01', '2026-01-01'],
    ['parent', world?.anker.id ?? '6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11', 'ein Partner, der nicht veröffentlicht ist'],
  ])('%s %j', (field, value, text) => {
    expect(valueText(field, value, 'de', new Map())).toBe(text);
  });
});

test('names stand for codes and ids, in the diff and on the page of a link', async () => {
  const { service, location, anker, home } = world;
  const input = {
    categories: ['job-coaching'],
    needs: ['long-term-unemployed'],
    criteria: [
      { effect: 'REQUIRES', needs: ['long-term-unemployed', 'returner'] },
      { effect: 'EXCLUDES', text: 'Sucht' },
    ],
    serviceArea: [home.key, home.districtKey, '05'],
    costs: [{ amountCents: 1250, unit: 'MONTH', description: 'Beitrag' }],
  };
  const edit =
    'mutation ($id: ID!, $input: ServiceInput!) { serviceUpdate(id: $id, input: $input) { userErrors { path } } }';
  expect((await hub.as(world.partner, edit, { id: service.id, input })).data.serviceUpdate.userErrors).toEqual([]);
  const history = `query ($id: ID!) { service(id: $id) { history(first: 1) { nodes { changes { field afterText } } } } }`;
  const { data } = await hub.as(world.partner, history, { id: service.id });
  const texts = Object.fromEntries(
    data.service.history.nodes[0].changes.map((one: { field: string; afterText: string }) => [
      one.field,
      one.afterText,
    ]),
  );
  const names = await hub
    .owner()
    .execute<{ code: string; name_de: string }[]>('select code, name_de from need where code = any(?::text[])', [
      '{long-term-unemployed,returner}',
    ]);
  const nameOf = (code: string) => names.find(one => one.code === code)!.name_de;
  expect(texts).toMatchObject({
    needs: nameOf('long-term-unemployed'),
    criteria: `Voraussetzung: ${nameOf('long-term-unemployed')} oder ${nameOf('returner')}; Ausgeschlossen: Sucht`,
    serviceArea: `Nordrhein-Westfalen, ${home.districtName}, ${home.name}`,
    costs: '12,50 € im Monat (Beitrag)',
  });
  await hub.owner().execute(`update location set name = 'Standort Würselen' where id = ?`, [location.id]);
  const create = 'mutation ($p: ID!) { confirmationLinkCreate(partner: $p) { path userErrors { code } } }';
  const { path } = (await hub.as(world.partner, create, { p: anker.id })).data.confirmationLinkCreate;
  const page = (await hub.hub().app.inject({ method: 'GET', url: path })).body;
  expect(page).toContain('12,50 € im Monat (Beitrag)');
  expect(page).toContain('Standort Würselen');
  expect(page).not.toContain('Standort Standort');
});
