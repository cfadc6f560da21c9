import { describe, expect, test } from 'vitest';
import {
  AccessionConsentResult,
  AccessionGap,
  type AccessionState,
  AccessionStatus,
  ConsentingBody,
  mayUseLogo,
  missingOn,
  statusOn,
} from '../../src/accession/accession.rules.js';
import {
  decisionOn,
  movedCatalogue,
  withCatalogue,
  withDecision,
} from '../../src/accession/accession-history.rules.js';

const { AGREED, PENDING, REFUSED } = AccessionConsentResult;
const { MUNICIPAL_BODY, EMPLOYMENT_AGENCY } = ConsentingBody;

/** A first decision. */
const NEW = { fileNumber: null, earlier: [] };

const state: AccessionState = {
  deadline: '2018-05-14',
  submittedOn: '2018-05-10',
  accededOn: '2018-05-16',
  withdrawnOn: null,
  catalogueSince: '2018-05-02',
  earlierCatalogues: [],
  consents: [
    { kind: MUNICIPAL_BODY, name: 'Kreis', result: AGREED, decidedOn: '2018-03-27', ...NEW },
    { kind: EMPLOYMENT_AGENCY, name: 'Agentur', result: AGREED, decidedOn: '2018-05-07', ...NEW },
  ],
};

describe('where an accession stands', () => {
  test.each([
    ['2018-05-09', AccessionStatus.PREPARING],
    ['2018-05-10', AccessionStatus.SUBMITTED],
    ['2018-05-15', AccessionStatus.SUBMITTED],
    ['2018-05-16', AccessionStatus.ACCEDED],
  ])('on %s is %s', (on, status) => expect(statusOn(state, on)).toBe(status));

  test('lapses the day after the deadline, not on it', () => {
    const idle = { ...state, submittedOn: null, accededOn: null };
    expect(statusOn(idle, '2018-05-14')).toBe(AccessionStatus.PREPARING);
    expect(statusOn(idle, '2018-05-15')).toBe(AccessionStatus.LAPSED);
    expect(statusOn({ ...state, withdrawnOn: '2020-01-01' }, '2019-12-31')).toBe(AccessionStatus.ACCEDED);
    expect(statusOn({ ...state, withdrawnOn: '2020-01-01' }, '2020-01-01')).toBe(AccessionStatus.WITHDRAWN);
  });

  test('gives the right to the logo for its period only', () => {
    const logo = { ...state, logoFrom: '2018-06-01', logoUntil: '2021-05-31' };
    expect(['2018-05-31', '2018-06-01', '2021-05-31', '2021-06-01'].map(on => mayUseLogo(logo, on))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(mayUseLogo({ ...logo, logoUntil: null, withdrawnOn: '2019-01-01' }, '2019-01-01')).toBe(false);
    expect(mayUseLogo({ ...logo, logoFrom: null, logoUntil: null }, '2019-01-01')).toBe(false);
  });
});

describe('what is missing', () => {
  const shown = (on: string, more: Partial<AccessionState> = {}) =>
    missingOn({ ...state, ...more }, on).map(({ what, daysLeft }) => [what, daysLeft]);

  test('shrinks day by day, until nothing is', () => {
    expect(shown('2018-03-01')).toEqual([
      ['MUNICIPAL_CONSENT', 74],
      ['AGENCY_CONSENT', 74],
      ['CATALOGUE', 74],
      ['SUBMISSION', 74],
    ]);
    expect(shown('2018-03-27').map(([what]) => what)).toEqual(['AGENCY_CONSENT', 'CATALOGUE', 'SUBMISSION']);
    expect(shown('2018-05-07')).toEqual([['SUBMISSION', 7]]);
    expect(shown('2018-05-10')).toEqual([['CONFIRMATION', null]]);
    expect(shown('2018-05-16')).toEqual([]);
    expect(shown('2018-03-01', { withdrawnOn: '2018-02-28' })).toEqual([]);
  });

  test('is told in words, with the time that is left', () => {
    const texts = (on: string, more: Partial<AccessionState> = {}) =>
      missingOn({ ...state, submittedOn: null, accededOn: null, ...more }, on).map(({ text }) => text);
    expect(texts('2018-05-04')).toEqual([
      'Die Zustimmung fehlt noch: Agentur; noch 10 Tage bis zum 14.05.2018',
      'Der Beitritt ist noch nicht erklärt; noch 10 Tage bis zum 14.05.2018',
    ]);
    expect(texts('2018-05-13')).toEqual(['Der Beitritt ist noch nicht erklärt; noch 1 Tag bis zum 14.05.2018']);
    expect(texts('2018-05-14')).toEqual(['Der Beitritt ist noch nicht erklärt; die Frist endet heute, am 14.05.2018']);
    expect(texts('2018-05-20', { catalogueSince: null })).toEqual([
      'Der Maßnahmenkatalog liegt noch nicht vor; die Frist ist seit dem 14.05.2018 abgelaufen',
      'Der Beitritt ist noch nicht erklärt; die Frist ist seit dem 14.05.2018 abgelaufen',
    ]);
    expect(texts('2018-05-13', { consents: [] })[0]).toContain('noch nicht benannt');
    const refused = [
      ...state.consents.slice(0, 1),
      { kind: EMPLOYMENT_AGENCY, name: 'Agentur', result: REFUSED, decidedOn: '2018-05-08', ...NEW },
      { kind: EMPLOYMENT_AGENCY, name: 'Zweite Agentur', result: PENDING, decidedOn: null, ...NEW },
    ];
    expect(texts('2018-05-13', { consents: refused }).slice(0, 2)).toEqual([
      'Die Zustimmung wurde am 08.05.2018 versagt: Agentur; noch 1 Tag bis zum 14.05.2018',
      'Die Zustimmung fehlt noch: Zweite Agentur; noch 1 Tag bis zum 14.05.2018',
    ]);
  });
});

describe('a past day is told as it was', () => {
  const refused = { result: REFUSED, decidedOn: '2018-04-20', fileNumber: '1' };
  const agreed = { result: AGREED, decidedOn: '2018-05-08', fileNumber: '2' };
  const first = { ...refused, earlier: [] };
  const both = withDecision(first, agreed);

  test('by what bodies had decided', () => {
    expect(both).toEqual({ ...agreed, earlier: [refused] });
    expect(['2018-04-19', '2018-05-01', '2018-05-08'].map(on => decisionOn(both, on)?.result)).toEqual([
      undefined,
      REFUSED,
      AGREED,
    ]);
    // The same or an earlier day corrects, pending takes all back.
    expect(withDecision(first, { ...agreed, decidedOn: '2018-04-20' }).earlier).toEqual([]);
    expect(withDecision(both, { ...agreed, decidedOn: '2018-04-21' }).earlier).toEqual([refused]);
    expect(withDecision(both, { ...agreed, decidedOn: '2018-04-10' }).earlier).toEqual([]);
    expect(withDecision(both, { result: PENDING, decidedOn: null, fileNumber: null }).earlier).toEqual([]);
    const consents = [{ kind: MUNICIPAL_BODY, name: 'Kreis', ...both }];
    const open = { ...state, submittedOn: null, accededOn: null, consents };
    const [municipal] = missingOn(open, '2018-05-01');
    expect(municipal?.text).toContain('Die Zustimmung wurde am 20.04.2018 versagt: Kreis');
    expect(
      missingOn(open, '2018-05-08')
        .map(({ text }) => text)
        .join(),
    ).not.toContain('Kreis;');
  });

  test('by which catalogue there was', () => {
    const items = [{ text: 'Schulen', goal: 'alle' }];
    const none = { catalogue: [], catalogueOn: null, earlierCatalogues: [] };
    const one = withCatalogue(none, items, '2018-04-01');
    expect(one).toEqual({ catalogue: items, catalogueOn: '2018-04-01', earlierCatalogues: [] });
    const gone = withCatalogue(one, [], '2018-04-11');
    const kept = { from: '2018-04-01', until: '2018-04-11', items };
    expect(gone).toEqual({ catalogue: [], catalogueOn: null, earlierCatalogues: [kept] });
    const again = withCatalogue(gone, items, '2018-05-02');
    expect(again).toEqual({ catalogue: items, catalogueOn: '2018-05-02', earlierCatalogues: [kept] });
    expect(withCatalogue(again, [], '2018-05-02').earlierCatalogues).toEqual([kept]);
    expect(movedCatalogue(again, '2018-04-06').earlierCatalogues).toEqual([{ ...kept, until: '2018-04-06' }]);
    const { catalogueOn: catalogueSince, earlierCatalogues } = again;
    const open = { ...state, submittedOn: null, accededOn: null, catalogueSince, earlierCatalogues };
    const lacks = ['2018-03-31', '2018-04-10', '2018-04-11', '2018-05-01', '2018-05-02'].map(on =>
      missingOn(open, on).some(({ what }) => what === AccessionGap.CATALOGUE),
    );
    expect(lacks).toEqual([true, false, true, true, false]);
  });
});
