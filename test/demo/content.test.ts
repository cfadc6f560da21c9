import { describe, expect, test } from 'vitest';
import { CATEGORIES, hasProfessionalSecrecy } from '../../src/category/categories.data.js';
import { CATALOGUE } from '../../src/demo/catalogue/catalogue.js';
import type { Offer } from '../../src/demo/catalogue/offer.js';
import { DISTRICTS, MUNICIPALITIES, NETWORKS } from '../../src/demo/geography.data.js';
import { JOB_OPENINGS } from '../../src/demo/job-openings.data.js';
import { PARTNERS } from '../../src/demo/partners/partners.js';
import { faultsOfJobOpening } from '../../src/job-opening/job-opening-faults.rules.js';
import { JOB_OPENING_RECORD } from '../../src/job-opening/job-opening-record.rules.js';
import { NEEDS } from '../../src/need/needs.data.js';
import { completed } from '../../src/record/record.rules.js';

const codes = CATEGORIES.map(({ code }) => code);
const parents = new Map(CATEGORIES.map(({ code, parent }) => [code, parent]));
const offers: Offer[] = Object.values(CATALOGUE);
const specs = NETWORKS.flatMap(({ slug }) => PARTNERS[slug]!);

const depth = (code: string): number => {
  const parent = parents.get(code);
  return parent ? 1 + depth(parent) : 1;
};

describe('categories', () => {
  test('a tree of two or three levels, parents first, no code twice', () => {
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThanOrEqual(36);
    for (const [index, { parent }] of CATEGORIES.entries()) {
      if (parent) expect(codes.slice(0, index)).toContain(parent);
    }
    expect(new Set(codes.map(depth))).toEqual(new Set([1, 2, 3]));
  });

  test.each([
    ['counselling', null],
    ['addiction-counselling', 'counselling'],
    ['debt-counselling', 'counselling'],
    ['psychosocial-counselling', 'counselling'],
    ['disability-counselling', 'counselling'],
    ['migration-counselling', 'counselling'],
    ['qualification', null],
    ['language-course', 'qualification'],
    ['vocational-training', 'qualification'],
    ['placement', null],
    ['job-coaching', 'placement'],
    ['employment', null],
    ['subsidised-employment', 'employment'],
    ['regular-employment', 'employment'],
    ['rehabilitation', null],
    ['everyday-help', null],
    ['energy-advice', 'everyday-help'],
    ['childcare', 'everyday-help'],
  ])('%s stands below %s, as the contract says', (code, parent) => {
    expect(parents.get(code)).toBe(parent);
  });

  test('professional secrecy holds for three fields and all below them, and nowhere else', () => {
    const secret = codes.filter(hasProfessionalSecrecy);
    expect(secret).toContain('addiction-counselling');
    expect(secret).toContain('insolvency-counselling');
    expect(secret).toContain('violence-counselling');
    expect(secret).not.toContain('counselling');
    expect(secret).not.toContain('disability-counselling');
    expect(hasProfessionalSecrecy('no-such-code')).toBe(false);
  });
});

describe('needs', () => {
  test('those of the contract and more, no code twice', () => {
    const all = NEEDS.map(({ code }) => code);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(22);
    expect(all).toEqual(
      expect.arrayContaining([
        'addiction',
        'mental-illness',
        'severe-disability',
        'chronic-illness',
        'long-term-unemployed',
        'refugee',
        'single-parent',
        'debt',
        'homelessness',
      ]),
    );
  });

  test('health is sensitive, the situation at work is not', () => {
    const sensitive = NEEDS.filter(one => one.sensitive).map(({ code }) => code);
    expect(sensitive).toEqual(
      expect.arrayContaining(['addiction', 'mental-illness', 'severe-disability', 'chronic-illness']),
    );
    expect(sensitive).not.toContain('long-term-unemployed');
    expect(sensitive).not.toContain('single-parent');
    expect(sensitive).not.toContain('debt');
  });

  test('every text has both languages', () => {
    for (const { de, en } of [...NEEDS, ...CATEGORIES]) expect([de.trim(), en.trim()]).not.toContain('');
  });
});

describe('geography', () => {
  test('23 municipalities, each in the district of one network, add up as published', () => {
    expect(MUNICIPALITIES).toHaveLength(23);
    const sums = Object.keys(DISTRICTS).map(district => {
      const own = MUNICIPALITIES.filter(({ key }) => key.startsWith(district));
      return [district, own.length, sum(own.map(one => one.population)), sum(own.map(one => one.recipients))];
    });
    // Districts: IT.NRW, 2024, dl-de/by-2-0
    expect(sums).toEqual([
      ['05124', 1, 358_193, 45_419],
      ['05334', 10, 582_410, 46_388],
      ['05911', 1, 358_676, 39_131],
      ['05913', 1, 603_462, 88_984],
      ['05978', 10, 393_784, 32_129],
    ]);
  });

  test('postal codes have five digits, and no municipality is without one', () => {
    for (const { postalCodes } of MUNICIPALITIES) {
      expect(postalCodes.length).toBeGreaterThan(0);
      for (const code of postalCodes) expect(code).toMatch(/^[1-9]\d{4}$/);
    }
  });
});

describe('offers and partners', () => {
  test('only known codes', () => {
    for (const { categories, needs = [] } of offers) {
      expect(codes).toEqual(expect.arrayContaining([...categories]));
      expect(NEEDS.map(({ code }) => code)).toEqual(expect.arrayContaining([...needs]));
    }
  });

  test('professional secrecy never tells more than that somebody arrived', () => {
    for (const { categories, feedback } of offers.filter(one => one.categories.some(hasProfessionalSecrecy))) {
      expect(['NONE', 'RECEIVED_ONLY'], categories.join()).toEqual(expect.arrayContaining([...feedback]));
    }
  });

  test('every kind of offer is made by somebody', () => {
    expect(new Set(specs.flatMap(one => one.offers))).toEqual(new Set(Object.keys(CATALOGUE)));
  });

  test('no key and no name twice; umbrellas are of the same network and have none themselves', () => {
    expect(new Set(specs.map(({ key }) => key)).size).toBe(specs.length);
    expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length);
    for (const own of Object.values(PARTNERS)) {
      for (const { parent } of own.filter(one => one.parent)) {
        expect(own.find(({ key }) => key === parent)).toMatchObject({ kinds: ['WELFARE_ASSOCIATION'] });
        expect(own.find(({ key }) => key === parent)?.parent).toBeUndefined();
      }
    }
  });
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('job openings', () => {
  const employers = new Set(specs.filter(({ kinds }) => kinds.includes('EMPLOYER')).map(({ key }) => key));
  const openings = Object.entries(JOB_OPENINGS);

  test('are of employers in every network', () => {
    for (const [key] of openings) expect(employers).toContain(key);
    for (const { slug } of NETWORKS) expect(PARTNERS[slug]!.some(({ key }) => JOB_OPENINGS[key])).toBe(true);
  });

  test('could be entered as they are', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    for (const {
      title,
      occupation,
      description,
      hours,
      pay,
      agreement,
      requirements,
      languages,
      needs,
    } of openings.flatMap(([, of]) => of)) {
      const document = completed(JOB_OPENING_RECORD, {
        title,
        occupation,
        description,
        hoursFrom: hours[0],
        hoursTo: hours[1],
        payFromCents: pay[0],
        payToCents: pay[1],
        payPer: 'HOUR',
        collectiveAgreement: agreement ?? null,
        requirements: requirements ?? null,
        languages,
        needs,
        validUntil: '2026-12-31',
      });
      expect(faultsOfJobOpening(document, now)).toEqual([]);
      for (const need of needs) expect(NEEDS.map(({ code }) => code)).toContain(need);
    }
  });
});
