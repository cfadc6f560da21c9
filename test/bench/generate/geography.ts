import { haversineKm } from '../../../src/shared/geo.rules.js';
import type { Size } from '../size.js';
import { PLACE_BEGINNINGS, PLACE_ENDS, PLACE_SIDES } from './names.data.js';
import { STATES, type State } from './states.data.js';

/** An invented municipality with a valid key. */
export interface Town {
  readonly key: string;
  readonly name: string;
  readonly postalCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly population: number;
  readonly recipients: number;
  /** Keys of the nearest others of its state, nearest first. */
  readonly near: readonly string[];
}

export interface District {
  readonly key: string;
  readonly name: string;
  readonly towns: readonly Town[];
}

const KM_PER_DEGREE = 111.2;
/** Turns by it fill a disc evenly. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const NEAREST = 8;
/** Larger than any state but one's: districts of one state are told apart by the two digits behind it. */
const DISTRICTS_OF_REGION = 14;

/** Districts and municipalities of a size, the same at every call; each district has at least one municipality. */
export function geographyOf({ networks, municipalities }: Size): District[] {
  const perState = shared(
    networks,
    STATES.map(state => state.districts),
  );
  const settled = STATES.map((state, i) => (perState[i]! > 0 ? state.municipalities : 0));
  const others = shared(municipalities - networks, settled);
  let first = 0;
  return STATES.flatMap((state, i) => {
    const districts = perState[i]!;
    if (districts === 0) return [];
    const drafts = draftsOf(state, districts, districts + others[i]!, first);
    first += drafts.flat().length;
    const all = drafts.flat();
    return drafts.map((towns, district): District => {
      const [largest] = towns;
      const key = districtKey(state, district);
      return {
        key,
        name: towns.length === 1 ? largest!.name : `Kreis ${largest!.name}`,
        towns: towns.map(town => ({ ...town, near: nearestTo(town, all) })),
      };
    });
  });
}

type Draft = Omit<Town, 'near'>;

function draftsOf(state: State, districts: number, municipalities: number, first: number): Draft[][] {
  const counts = shared(
    municipalities - districts,
    // Every fourth district is a town of its own.
    Array.from({ length: districts }, (_, district) => (districts > 3 && district % 4 === 3 ? 0 : 2 + (district % 3))),
  );
  const radiusKm = state.radiusKm / Math.sqrt(districts);
  let number = first;
  return counts.map((more, district) => {
    const middle = onDisc(state, state.radiusKm, district, districts);
    return Array.from({ length: 1 + more }, (_, rank): Draft => {
      const { latitude, longitude } = onDisc(middle, radiusKm, rank, 1 + more);
      const population = Math.round((more === 0 ? 160_000 : 70_000 / (1 + rank) ** 0.8) * (0.7 + 0.1 * (number % 7)));
      return {
        key: `${districtKey(state, district)}${more === 0 ? '000' : String(4 * (rank + 1)).padStart(3, '0')}`,
        name: placeName(number),
        postalCode: String(10_000 + number++ * 8).padStart(5, '0'),
        latitude,
        longitude,
        population,
        recipients: Math.round(population * (0.04 + 0.006 * (number % 9))),
      };
    });
  });
}

const districtKey = ({ key }: State, district: number): string =>
  `${key}${1 + Math.floor(district / DISTRICTS_OF_REGION)}${51 + (district % DISTRICTS_OF_REGION)}`;

/** The same beginning and end come back after all others, with another side. */
function placeName(number: number): string {
  const beginning = PLACE_BEGINNINGS[number % PLACE_BEGINNINGS.length]!;
  const rest = Math.floor(number / PLACE_BEGINNINGS.length);
  const end = PLACE_ENDS[(number + rest) % PLACE_ENDS.length]!;
  const side = PLACE_SIDES[Math.floor(rest / PLACE_ENDS.length) % PLACE_SIDES.length]!;
  return side ? `${side}${beginning.toLowerCase()}${end}` : `${beginning}${end}`;
}

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** The `index`-th of `count` points that fill a disc evenly, from its middle outwards. */
function onDisc(middle: Point, radiusKm: number, index: number, count: number): Point {
  const distance = radiusKm * Math.sqrt(index / count);
  const angle = index * GOLDEN_ANGLE;
  const latitude = middle.latitude + (distance * Math.cos(angle)) / KM_PER_DEGREE;
  const kmPerDegree = KM_PER_DEGREE * Math.cos((middle.latitude * Math.PI) / 180);
  const longitude = middle.longitude + (distance * Math.sin(angle)) / kmPerDegree;
  return { latitude: rounded(latitude), longitude: rounded(longitude) };
}

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Of those that are far off by latitude alone no distance is taken: a state has up to 2,300. */
function nearestTo(town: Draft, all: readonly Draft[]): string[] {
  const found: { key: string; km: number }[] = [];
  let farthest = Number.POSITIVE_INFINITY;
  for (const other of all) {
    if (other === town) continue;
    if (Math.abs(other.latitude - town.latitude) * KM_PER_DEGREE > farthest) continue;
    const km = haversineKm(town, other);
    if (found.length === NEAREST && km >= farthest) continue;
    found.push({ key: other.key, km });
    found.sort((a, b) => a.km - b.km);
    if (found.length > NEAREST) found.pop();
    if (found.length === NEAREST) farthest = found[NEAREST - 1]!.km;
  }
  return found.map(({ key }) => key);
}

/** Shares a number out by weights, to whole numbers with that sum: largest remainders. */
export function shared(sum: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((a, b) => a + b, 0);
  if (whole === 0) return weights.map(() => 0);
  const exact = weights.map(weight => (sum * weight) / whole);
  const counts = exact.map(Math.floor);
  const missing = sum - counts.reduce((a, b) => a + b, 0);
  const order = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  order.sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order.slice(0, missing)) counts[index]! += 1;
  return counts;
}
