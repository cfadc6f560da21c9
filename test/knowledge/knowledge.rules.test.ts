import { expect, test } from 'vitest';
import { contactsToAsk, lastHalfYear, shownReferrals } from '../../src/knowledge/knowledge.rules.js';

const shown = (counted: Record<string, number>, codes = ['a', 'b', 'c']) => [
  ...shownReferrals(
    Object.entries(counted).map(([topics, count]) => ({ topics: topics.split(''), count })),
    codes,
    5,
  ).values(),
];

test.each<[string, Record<string, number>, (number | null)[]]>([
  ['nothing', {}, [null, null, null]],
  ['enough of each', { a: 5, b: 6, c: 70 }, [5, 6, 70]],
  ['too few of one', { a: 4, b: 5 }, [null, 5, null]],
  ['a topic counts all referrals that concern it', { a: 3, ab: 3, b: 5, c: 5 }, [6, 8, 5]],
  ['all of one concern another, of which few more do', { ab: 6, a: 4 }, [10, null, null]],
  ['all of one concern another, of which enough more do', { ab: 6, a: 5 }, [11, 6, null]],
  ['the same referrals', { ab: 6 }, [6, 6, null]],
  ['one within the next', { abc: 6, ab: 3, a: 3 }, [12, null, 6]],
  ['few more of the first, and of the second beside it', { ab: 6, b: 2, c: 9 }, [null, 8, 9]],
])('referrals by topic: %s', (_name, counted, told) => {
  expect(shown(counted)).toEqual(told);
});

test.each([
  ['2026-01-01', '2025-07-01', '2025-12-31'],
  ['2026-06-30', '2025-07-01', '2025-12-31'],
  ['2026-07-01', '2026-01-01', '2026-06-30'],
  ['2026-12-31', '2026-01-01', '2026-06-30'],
  ['0099-08-01', '0099-01-01', '0099-06-30'],
  ['0100-02-01', '0099-07-01', '0099-12-31'],
  ['0001-03-01', '0001-07-01', '0001-12-31'],
])('the last half-year over by %s', (day, from, until) => {
  expect(lastHalfYear(day)).toEqual({ from, until });
});

test.each<[string, string[], string[], string | null, string | null, string[]]>([
  ['contacts of the service', ['Anmeldung'], ['Leitung'], 's', 'p', ['Anmeldung -']],
  ['else of the partner', [], ['Leitung'], 's', 'p', ['Leitung -']],
  ['else the service', [], [], 's', 'p', ['Anfragen s']],
  ['else the partner', [], [], null, 'p', ['Anfragen p']],
  ['bills last', ['Abrechnung', 'Anmeldung'], [], 's', 'p', ['Anmeldung -', 'Abrechnung -']],
  ['bills never alone', ['Abrechnung und Verträge'], [], null, 'p', ['Anfragen p', 'Abrechnung und Verträge -']],
  ['the partner before bills', ['Rechnungs- und Vertragswesen'], ['Leitung'], 's', 'p', ['Leitung -']],
  ['what is more than bills', ['Beratung und Abrechnung'], ['Leitung'], 's', 'p', ['Beratung und Abrechnung -']],
  ['no bill but a sum', ['Leistungsberechnung'], ['Leitung'], 's', 'p', ['Leistungsberechnung -']],
  ['nobody', ['Finanzbuchhaltung'], ['Invoices & billing'], null, null, []],
])('asks %s', (_, service, partner, ofService, ofPartner, expected) => {
  const at = (phone: string | null, functions: string[]) => ({
    phone,
    email: null,
    contacts: functions.map(responsibility => ({ responsibility, email: `${responsibility}@` })),
  });
  const asked = contactsToAsk(at(ofService, service), at(ofPartner, partner));
  expect(asked.map(one => `${one.function} ${one.phone ?? '-'}`)).toEqual(expected);
});

test('a contact without a number and an address has those of the service, else of the partner', () => {
  const contacts = [{ responsibility: 'Anmeldung' }];
  const partner = { phone: 'p', email: null, contacts };
  const asked = (service: { phone: string | null; email: string | null }) =>
    contactsToAsk({ ...service, contacts }, partner)[0];
  expect(asked({ phone: null, email: 's@' })).toEqual({ function: 'Anmeldung', phone: null, email: 's@' });
  expect(asked({ phone: null, email: null })).toEqual({ function: 'Anmeldung', phone: 'p', email: null });
});
