import { describe, expect, test } from 'vitest';
import { FindingResult } from '../../src/accessibility/accessibility.rules.js';
import { CRITERIA } from '../../src/accessibility/accessibility-criteria.data.js';
import { findingOf } from '../../src/accessibility/accessibility-finding.rules.js';
import { decidedFeatures, resultOfMeasured } from '../../src/accessibility/accessibility-verdict.rules.js';
import { AccessibilityFeature, FeatureState } from '../../src/location/location.rules.js';

const { MET, NOT_MET, NOT_APPLICABLE, NOT_ASSESSED } = FindingResult;

describe('what an assessment decides of a feature', () => {
  const LIFT = ['a', 'b'].map(code => ({ code, feature: AccessibilityFeature.LIFT, essential: true }));
  const more = { code: 'c', feature: AccessibilityFeature.LIFT, essential: false };
  const stateOf = (results: Record<string, FindingResult>) =>
    decidedFeatures([...LIFT, more], new Map(Object.entries(results))).find(({ feature }) => feature === 'LIFT')!.state;

  test.each([
    ['nothing was looked at', {}, FeatureState.UNKNOWN],
    ['all is met', { a: MET, b: MET }, FeatureState.YES],
    ['one is not met', { a: MET, b: NOT_MET }, FeatureState.NO],
    ['one is not met, the other not looked at', { a: NOT_MET }, FeatureState.NO],
    ['one is met, the other not looked at', { a: MET }, FeatureState.UNKNOWN],
    ['one is met, of the other it is said that nobody looked', { a: MET, b: NOT_ASSESSED }, FeatureState.UNKNOWN],
    ['one is met, the other does not apply', { a: MET, b: NOT_APPLICABLE }, FeatureState.YES],
    ['none applies', { a: NOT_APPLICABLE, b: NOT_APPLICABLE }, FeatureState.UNKNOWN],
    ['only what is not essential was looked at', { c: MET }, FeatureState.UNKNOWN],
    ['what is not essential is not met', { a: MET, b: MET, c: NOT_MET }, FeatureState.YES],
  ])('where %s', (_name, results, state) => {
    expect(stateOf(results)).toBe(state);
  });

  test('tells of every feature, also of those that the catalogue does not know', () => {
    const all = decidedFeatures([], new Map());
    expect(all.map(({ feature }) => feature)).toEqual(Object.values(AccessibilityFeature));
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set([FeatureState.UNKNOWN]));
  });
});

describe('a finding', () => {
  const width = { unit: 'cm', minimum: 90, maximum: 205 };
  const seen = { unit: null, minimum: null, maximum: null };

  test.each([
    [89.9, NOT_MET],
    [90, MET],
    [205, MET],
    [205.1, NOT_MET],
  ])('of %d cm between 90 and 205 is %s', (measured, result) => {
    expect(resultOfMeasured(width, measured)).toBe(result);
    expect(findingOf({ criterion: 'x', measured }, width, ['0'])).toEqual({
      finding: { criterion: 'x', result, measured, evidence: null },
    });
  });

  test.each([
    ['unknown', {}, undefined, 'criterion'],
    ['measured, and said to be otherwise', { measured: 80, result: MET }, width, 'result'],
    ['measured, and said to be worse', { measured: 95, result: NOT_MET }, width, 'result'],
    ['measured, and said not to be assessed', { measured: 95, result: NOT_ASSESSED }, width, 'result'],
    ['measured where nothing is', { measured: 1, result: MET }, seen, 'measured'],
    ['less than nothing', { measured: -1 }, width, 'measured'],
    ['met without a measure', { result: MET }, width, 'measured'],
    ['without anything', {}, seen, 'result'],
    ['with endless evidence', { result: MET, evidence: 'x'.repeat(1001) }, seen, 'evidence'],
  ])('that is %s is refused at its field', (_name, said, limits, field) => {
    const found = findingOf({ criterion: 'x', ...said }, limits, ['3']);
    expect('faults' in found && found.faults.map(({ path }) => path)).toEqual([['3', field]]);
  });

  test('may say without a measure that something is not so, does not apply or was not looked at', () => {
    for (const result of [NOT_MET, NOT_APPLICABLE, NOT_ASSESSED])
      expect(findingOf({ criterion: 'x', result, evidence: ' Foto 3 ' }, width, [])).toEqual({
        finding: { criterion: 'x', result, measured: null, evidence: 'Foto 3' },
      });
  });
});

test('the catalogue has no code twice, decides of every feature, and asks in both languages', () => {
  expect(new Set(CRITERIA.map(({ code }) => code)).size).toBe(CRITERIA.length);
  const decided = new Set(CRITERIA.filter(one => one.essential).map(({ feature }) => feature));
  expect(decided).toEqual(new Set(Object.values(AccessibilityFeature)));
  for (const { de, en, askedDe, askedEn, source } of CRITERIA)
    expect([de, en, askedDe, askedEn, source].map(text => text.trim())).not.toContain('');
});
