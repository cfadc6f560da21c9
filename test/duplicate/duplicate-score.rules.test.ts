import { describe, expect, test } from 'vitest';
import { compareNames, nearnessOf, type Vocabulary, wordsOf } from '../../src/duplicate/duplicate-name.rules.js';
import { comparePartners, DuplicateEvidence, type Profile } from '../../src/duplicate/duplicate-score.rules.js';

const vocabulary: Vocabulary = {
  partners: 10_000,
  frequency: new Map([
    ['arbeiterwohlfahrt', 400],
    ['suchtberatung', 300],
    ['schuldnerberatung', 300],
    ['aachen', 500],
    ['unna', 500],
  ]),
  towns: new Set(['aachen', 'unna']),
};

const profile = (name: string, more: Partial<Profile> = {}): Profile => ({
  id: name,
  names: [name],
  phones: [],
  domains: [],
  numbers: [],
  addresses: [],
  positions: [],
  municipalities: [],
  ...more,
});

test('words are told apart from legal forms, and abbreviations written out', () => {
  expect(wordsOf('awo kv unna e v')).toEqual(['arbeiterwohlfahrt', 'kreisverband', 'unna']);
  expect(wordsOf('bruckenhaus ggmbh')).toEqual(['bruckenhaus']);
});

test.each([
  ['bruckenhaus', 'brukenhaus', 1 - 1 / 11],
  ['bruckenhaus', 'rbuckenhaus', 1 - 1 / 11],
  ['haus', 'haus', 1],
  ['ib', 'ab', 0],
  ['unna', 'una', 0], // too short for a slip to be one
])('%s is near %s: %f', (a, b, nearness) => {
  expect(nearnessOf(a, b)).toBeCloseTo(nearness);
});

test('alike is symmetric, 1 for the same words in any order, and counts rare words more', () => {
  const alike = (a: string, b: string) => compareNames(wordsOf(a), wordsOf(b), vocabulary).similarity;
  expect(alike('bruckenhaus aachen', 'aachen bruckenhaus e v')).toBeCloseTo(1);
  expect(alike('bruckenhaus aachen', 'bruckenhaus')).toBeGreaterThan(alike('bruckenhaus aachen', 'aachen'));
  for (const [a, b] of [
    ['bruckenhaus aachen', 'brukenhaus'],
    ['awo unna', 'awo aachen'],
  ] as const)
    expect(alike(a, b)).toBeCloseTo(alike(b, a));
});

test.each([
  ['sucht hilfe tuchhof e v', 'suchthilfe tuchhof'],
  ['schulden lotsen', 'schuldenlotsen'],
  ['wohnungslosen hilfe ruhr', 'ruhr wohnungslosenhilfe'],
  ['wohnungs losen hilfe', 'wohnungslosenhilfe'],
  ['beratung stelle nord', 'beratungsstelle nord'],
  ['familie hilfe', 'familienhilfe'],
])('%s is the same as %s, written apart', (apart, together) => {
  for (const [a, b] of [
    [apart, together],
    [together, apart],
  ] as const)
    expect(compareNames(wordsOf(a), wordsOf(b), vocabulary)).toMatchObject({ similarity: 1, apart: 0 });
});

test('words that stand apart in one name and not side by side in the other stay words of their own', () => {
  const { similarity, apart } = compareNames(wordsOf('hilfe sucht'), wordsOf('suchthilfe'), vocabulary);
  expect(similarity).toBe(0);
  expect(apart).toBeGreaterThan(5);
});

describe('the score', () => {
  const phones = [{ value: '02411234567', partners: 2 }];
  const office = { phones, domains: [{ value: 'awo.example', partners: 2 }] };

  test('is high for one organisation that is written in two ways', () => {
    const { score } = comparePartners(
      profile('awo aachen', { phones }),
      profile('arbeiterwohlfahrt aachen e v', { phones }),
      vocabulary,
    );
    expect(score).toBeGreaterThan(0.9);
  });

  test('is low for branches in one house that do other things', () => {
    const [a, b] = ['awo aachen suchtberatung', 'awo aachen schuldnerberatung'].map(name => profile(name, office)) as [
      Profile,
      Profile,
    ];
    const { score, evidence } = comparePartners(a, b, vocabulary);
    expect(score).toBeLessThan(0.2);
    expect(evidence.find(({ kind }) => kind === DuplicateEvidence.OWN_WORDS)?.weight).toBeLessThan(-10);
  });

  test('is low for branches in two towns', () => {
    expect(comparePartners(profile('awo aachen'), profile('awo unna'), vocabulary).score).toBeLessThan(0.2);
  });

  test('takes a number that many share for little', () => {
    const shared = (partners: number) => ({ phones: [{ value: '02411234567', partners }] });
    const of = (partners: number) =>
      comparePartners(profile('bruckenhaus', shared(partners)), profile('bruckenhof', shared(partners)), vocabulary)
        .score;
    expect(of(2)).toBeGreaterThan(of(500));
  });

  test('is the sum of its evidence, whichever comes first', () => {
    const [a, b] = [profile('bruckenhaus aachen', office), profile('brukenhaus', { phones })];
    const one = comparePartners(a, b, vocabulary);
    const bits = one.evidence.reduce((sum, { weight }) => sum + weight, -10);
    expect(one.score).toBeCloseTo(1 / (1 + 2 ** -bits), 10);
    expect(comparePartners(b, a, vocabulary).score).toBeCloseTo(one.score, 10);
  });
});
