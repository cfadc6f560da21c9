import { ClientCaseStatus, referenceOf } from '../client-case/client-case.rules.js';
import { AccessibilityFeature } from '../location/location.rules.js';
import { Role } from '../viewer/viewer.rules.js';
import { type DemoNetwork, NETWORKS } from './geography.data.js';
import { municipalitiesOf, networkId } from './geography.js';
import { type DemoPerson, PEOPLE } from './people.data.js';
import { demoId, Random } from './random.js';

/** A client who does not exist. When the case was opened follows from its referrals. */
export interface DemoCase {
  readonly id: string;
  readonly reference: string;
  readonly network: string;
  readonly networkId: string;
  readonly status: ClientCaseStatus;
  readonly municipalityKey: string;
  readonly languages: readonly string[];
  readonly birthYear: number | null;
  readonly needs: readonly string[];
  readonly accessibility: readonly AccessibilityFeature[];
  readonly assignedTo: string;
  readonly deputy: string | null;
  /** How many referrals it is to have. */
  readonly referrals: number;
}

export const accountId = ({ subject }: DemoPerson): string => demoId(`account/${subject}`);

const CASES: Readonly<Record<string, number>> = { aachen: 150, wuppertal: 110, unna: 85, bochum: 70, dortmund: 85 };
export const REFERRALS = 1500;
/** Cases of each persona; the colleagues share the rest. */
const OF_PERSONA = 40;

/** Every case, by network; together they have `REFERRALS` referrals. @param year the current one, for ages */
export function buildCases(year: number): DemoCase[] {
  const cases = NETWORKS.flatMap(network =>
    Array.from({ length: CASES[network.slug] ?? 0 }, (_, index) => buildCase(network, index, year)),
  );
  return levelled(cases);
}

function buildCase(network: DemoNetwork, index: number, year: number): DemoCase {
  const name = `case/${network.slug}/${index}`;
  const random = new Random(name);
  const staff = PEOPLE.filter(person => person.role === Role.CASEWORKER && person.network === network.slug);
  const assigned = assignee(network, index, staff);
  const deputy = random.chance(0.25) ? random.pick(staff.filter(person => person !== assigned)) : null;
  const age = ageOf(random);
  const languages = languagesOf(random);
  return {
    id: demoId(name),
    reference: referenceOf(letters => random.pick(letters)),
    network: network.slug,
    networkId: networkId(network.slug),
    status: random.chance(0.12) ? ClientCaseStatus.CLOSED : ClientCaseStatus.OPEN,
    municipalityKey: random.weighted(municipalitiesOf(network).map(({ key, recipients }) => [key, recipients])),
    languages,
    birthYear: random.chance(0.95) ? year - age : null,
    needs: needsOf(random, age, languages),
    accessibility: random.chance(0.12) ? random.some(Object.values(AccessibilityFeature), random.int(1, 2)) : [],
    assignedTo: accountId(assigned),
    deputy: deputy && accountId(deputy),
    referrals: random.weighted([
      [0, 6],
      [1, 14],
      [2, 22],
      [3, 24],
      [4, 16],
      [5, 10],
      [6, 8],
    ]),
  };
}

/** In a network with a persona, the first cases are hers. */
function assignee({ slug }: DemoNetwork, index: number, staff: readonly DemoPerson[]): DemoPerson {
  const hasPersona = staff[0]!.subject === `caseworker-${slug}`;
  if (hasPersona && index < OF_PERSONA) return staff[0]!;
  const others = hasPersona ? staff.slice(1) : staff;
  return others[index % others.length]!;
}

const ageOf = (random: Random): number =>
  random.weighted([
    [random.int(18, 24), 16],
    [random.int(25, 34), 26],
    [random.int(35, 49), 33],
    [random.int(50, 63), 25],
  ]);

const languagesOf = (random: Random): string[] =>
  random.weighted([
    [['de'], 52],
    [['de', 'en'], 8],
    [['uk'], 6],
    [['uk', 'ru'], 4],
    [['uk', 'de'], 4],
    [['ar'], 5],
    [['ar', 'de'], 5],
    [['tr', 'de'], 5],
    [['ku', 'ar'], 2],
    [['fa'], 2],
    [['pl', 'de'], 2],
    [['ro'], 2],
    [['fr', 'en'], 1],
    [['gsg', 'de'], 2],
  ]);

const SITUATIONS: readonly (readonly [string, number])[] = [
  ['long-term-unemployed', 45],
  ['no-qualification', 25],
  ['debt', 20],
  ['mental-illness', 18],
  ['severe-disability', 14],
  ['chronic-illness', 12],
  ['single-parent', 12],
  ['addiction', 9],
  ['limited-mobility', 8],
  ['homelessness', 5],
  ['low-digital-skills', 5],
  ['caring-for-relatives', 4],
  ['physical-disability', 4],
  ['literacy', 3],
  ['learning-disability', 3],
  ['criminal-record', 2],
  ['domestic-violence', 2],
  ['visual-impairment', 1],
];

/** Languages of countries that many people fled from. */
const OFTEN_REFUGEES: readonly string[] = ['uk', 'ar', 'fa', 'ku'];

/** In about a quarter of the cases nothing of the situation is recorded. */
function needsOf(random: Random, age: number, languages: readonly string[]): string[] {
  const needs = new Set<string>();
  if (languages.includes('gsg')) needs.add('hearing-impairment');
  if (!languages.includes('de')) needs.add('limited-german');
  if (languages.some(language => OFTEN_REFUGEES.includes(language)) && random.chance(0.5)) needs.add('refugee');
  for (let count = random.int(0, 3); count > 0; count--) needs.add(random.weighted(SITUATIONS));
  if (needs.size > 0 && age < 25) needs.add('young-adult');
  if (needs.size > 0 && age >= 50) needs.add('older-worker');
  return [...needs].sort();
}

/** Takes referrals from, or gives them to, one case after the other, until the sum is right. */
function levelled(cases: readonly DemoCase[]): DemoCase[] {
  const counts = cases.map(({ referrals }) => referrals);
  let missing = REFERRALS - counts.reduce((sum, count) => sum + count, 0);
  for (let index = 0; missing !== 0; index = (index + 7) % counts.length) {
    const count = counts[index]!;
    if (missing > 0 && count > 0 && count < 7) {
      counts[index] = count + 1;
      missing -= 1;
    } else if (missing < 0 && count > 1) {
      counts[index] = count - 1;
      missing += 1;
    }
  }
  return cases.map((one, index) => ({ ...one, referrals: counts[index]! }));
}
