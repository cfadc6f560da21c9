import { describe, expect, test } from 'vitest';
import {
  DecisionForm,
  type InstrumentRule,
  InstrumentRuleKind as K,
  overlaps,
} from '../../src/instrument/instrument.rules.js';
import { type InstrumentFacts, NO_FACTS, rulesChecked } from '../../src/instrument/instrument-check.rules.js';
import { ruleFaults } from '../../src/instrument/instrument-rule-faults.rules.js';
import { checkedText } from '../../src/instrument/instrument-texts.rules.js';
import { instrumentsOn, someInstruments } from '../../src/instrument/service-instrument.rules.js';

const nameOf = (code: string) => ({ de: `„${code}“`, en: code });
const decision = { form: DecisionForm.VOUCHER, validUntil: '2026-12-31', inRegion: true, hasOrderTerms: false };
const offer = { approvedProvider: true, approvedMeasure: null };

const told = (rule: InstrumentRule, facts: Partial<InstrumentFacts>) => {
  const [check] = rulesChecked([rule], { ...NO_FACTS, ...facts });
  return checkedText(check!, nameOf, 'de');
};

describe('a rule is met, not met, or open where nothing is known', () => {
  const WINDOW = { kind: K.DURATION_IN_WINDOW, months: 24, withinMonths: 60 } as const;
  const BENEFIT = { kind: K.BENEFIT_MONTHS, months: 72, withinMonths: 84 } as const;
  const ORDER = { kind: K.DECISION_NEEDED, form: DecisionForm.ORDER } as const;
  test.each<[InstrumentRule, Partial<InstrumentFacts>, string]>([
    [
      WINDOW,
      { usedMonths: 18, durationMonths: 6 },
      'Erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (18 genutzt, 6 geplant)',
    ],
    [
      WINDOW,
      { usedMonths: 19, durationMonths: 6 },
      'Nicht erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (19 genutzt, 6 geplant)',
    ],
    [WINDOW, { usedMonths: 24 }, 'Nicht erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (24 genutzt, 0 geplant)'],
    [WINDOW, { durationMonths: 6 }, 'Zu klären: Höchstens 24 Monate innerhalb von 60 Monaten (0 genutzt, 6 geplant)'],
    [WINDOW, {}, 'Zu klären: Höchstens 24 Monate innerhalb von 60 Monaten'],
    [
      BENEFIT,
      { benefitMonths: 72 },
      'Erfüllt: Mindestens 72 Monate Leistungsbezug innerhalb von 84 Monaten (72 Monate)',
    ],
    [
      BENEFIT,
      { benefitMonths: 71 },
      'Nicht erfüllt: Mindestens 72 Monate Leistungsbezug innerhalb von 84 Monaten (71 Monate)',
    ],
    [
      { kind: K.UNEMPLOYED_MONTHS, months: 24 },
      { unemployedMonths: 23 },
      'Nicht erfüllt: Seit mindestens 24 Monaten arbeitslos (23 Monate)',
    ],
    [{ kind: K.MINIMUM_AGE, years: 25 }, { ages: [24, 25] }, 'Erfüllt: Mindestens 25 Jahre alt (25 Jahre)'],
    [{ kind: K.MINIMUM_AGE, years: 25 }, { ages: [23, 24] }, 'Nicht erfüllt: Mindestens 25 Jahre alt (24 Jahre)'],
    [{ kind: K.MINIMUM_AGE, years: 25 }, {}, 'Zu klären: Mindestens 25 Jahre alt'],
    [
      { kind: K.LONGEST_DURATION, months: 60 },
      { durationMonths: 61 },
      'Nicht erfüllt: Höchstens 60 Monate (61 Monate)',
    ],
    [{ kind: K.NEEDS, needs: ['a', 'b'] }, { needs: ['b'] }, 'Erfüllt: Für Menschen mit: „a“ oder „b“'],
    [{ kind: K.NEEDS, needs: ['a'] }, { needs: ['b'] }, 'Nicht erfüllt: Für Menschen mit: „a“'],
    [{ kind: K.NEEDS, needs: ['a'] }, {}, 'Zu klären: Für Menschen mit: „a“'],
    [{ kind: K.APPROVED_PROVIDER }, { offer }, 'Erfüllt: Der Träger ist zugelassen'],
    [{ kind: K.APPROVED_MEASURE }, { offer }, 'Zu klären: Die Maßnahme ist zugelassen'],
    [
      { kind: K.APPROVED_MEASURE },
      { offer: { ...offer, approvedMeasure: false } },
      'Nicht erfüllt: Die Maßnahme ist zugelassen',
    ],
    [ORDER, {}, 'Zu klären: Vorher entscheidet das Amt (Auftrag)'],
    [ORDER, { decision }, 'Nicht erfüllt: Vorher entscheidet das Amt (Auftrag) (Gutschein)'],
    [{ kind: K.ORDER_TERMS }, { decision }, 'Nicht erfüllt: Der Auftrag nennt Art, Umfang und Dauer'],
    [
      { kind: K.LIMITED_VALIDITY },
      { decision: { ...decision, validUntil: null } },
      'Nicht erfüllt: Die Entscheidung ist befristet (ein Ende ist nicht genannt)',
    ],
    [
      { kind: K.REGION },
      { decision: { ...decision, inRegion: false } },
      'Nicht erfüllt: Die Entscheidung kann auf eine Region beschränkt sein (der Wohnort liegt außerhalb des Gebiets)',
    ],
    [
      { kind: K.REGION },
      { decision: { ...decision, inRegion: null } },
      'Zu klären: Die Entscheidung kann auf eine Region beschränkt sein',
    ],
    [{ kind: K.EXCLUDES, instruments: ['x'] }, { others: ['y', 'x'] }, 'Nicht erfüllt: Nicht zugleich mit: „x“'],
    [{ kind: K.EXCLUDES, instruments: ['x'] }, { others: ['y'] }, 'Erfüllt: Nicht zugleich mit: „x“'],
    [{ kind: K.COMBINES_WITH, instruments: ['x'] }, { others: ['x'] }, 'Erfüllt: Kombinierbar mit: „x“'],
    [{ kind: K.COMBINES_WITH, instruments: ['x'] }, { others: ['x', 'y'] }, 'Zu klären: Kombinierbar mit: „x“'],
    [
      {
        kind: K.SUBSIDY_STEPS,
        steps: [
          { fromMonth: 1, untilMonth: 24, percent: 100 },
          { fromMonth: 25, untilMonth: 25, percent: 90 },
        ],
      },
      {},
      'Hinweis: Zuschuss: 1.–24. 100 %, 25. 90 %',
    ],
  ])('%j with %j', (rule, facts, text) => {
    expect(told(rule, facts)).toBe(text);
    expect(ruleFaults([rule])).toEqual([]);
  });
});

test('faults of rules stand at their parameter', () => {
  const step = (fromMonth: number, untilMonth: number, percent = 50) => ({ fromMonth, untilMonth, percent });
  const paths = (rule: object) => ruleFaults([rule]).map(({ path }) => path.join('.'));
  expect(paths({ kind: 'WHATEVER' })).toEqual(['rules.0.kind']);
  expect(paths({ kind: 'MINIMUM_AGE' })).toEqual(['rules.0.years']);
  expect(paths({ kind: 'REGION', years: 3 })).toEqual(['rules.0.years']);
  expect(paths({ kind: 'MINIMUM_AGE', years: 0 })).toEqual(['rules.0.years']);
  expect(paths({ kind: 'DURATION_IN_WINDOW', months: 61, withinMonths: 60 })).toEqual(['rules.0.months']);
  expect(paths({ kind: 'SUBSIDY_STEPS', steps: [] })).toEqual(['rules.0.steps']);
  expect(paths({ kind: 'SUBSIDY_STEPS', steps: [step(1, 12), step(14, 20)] })).toEqual(['rules.0.steps.1.fromMonth']);
  expect(paths({ kind: 'SUBSIDY_STEPS', steps: [step(1, 12, 101)] })).toEqual(['rules.0.steps.0.percent']);
  expect(paths({ kind: 'SUBSIDY_STEPS', steps: [step(1, 0)] })).toEqual(['rules.0.steps.0.untilMonth']);
  expect(paths({ kind: 'EXCLUDES', instruments: [] })).toEqual(['rules.0.instruments']);
  expect(ruleFaults(Array(31).fill({ kind: 'REGION' }))).toHaveLength(1);
});

test('periods overlap by a day, and a service names each instrument once', () => {
  const of = (validFrom: string, validTo: string | null) => ({ validFrom, validTo });
  expect(overlaps(of('2026-01-01', '2026-06-30'), of('2026-06-30', null))).toBe(true);
  expect(overlaps(of('2026-07-01', null), of('2026-01-01', '2026-06-30'))).toBe(false);
  expect(overlaps(of('2026-01-01', null), of('2030-01-01', null))).toBe(true);
  const one = { instrument: 'a', required: false };
  expect(someInstruments([one, { ...one, instrument: 'b' }], ['i'])).toEqual([]);
  expect(someInstruments([one, one], ['i'])[0]!.path).toEqual(['i', '1', 'instrument']);
  expect(someInstruments([{ ...one, validFrom: '2026-02-01', validTo: '2026-01-01' }], ['i'])[0]!.path).toEqual([
    'i',
    '0',
    'validTo',
  ]);
  expect(instrumentsOn([{ ...one, validTo: '2026-01-01' }], '2026-01-02')).toEqual([]);
  expect(instrumentsOn([{ ...one, validTo: '2026-01-02' }], '2026-01-02')).toHaveLength(1);
});
