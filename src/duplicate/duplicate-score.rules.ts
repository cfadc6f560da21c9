import { haversineKm, type Point } from '../shared/geo.rules.js';
import { compareNames, FEWEST, type Vocabulary, wordsOf } from './duplicate-name.rules.js';

/** What speaks for or against two partners being one. */
export enum DuplicateEvidence {
  NAME = 'NAME',
  TOWN_IN_NAME = 'TOWN_IN_NAME',
  OWN_WORDS = 'OWN_WORDS',
  PHONE = 'PHONE',
  WEB = 'WEB',
  ADDRESS = 'ADDRESS',
  PLACE = 'PLACE',
  NUMBER = 'NUMBER',
}

/** A value that partners share, and how many do. */
export interface Shared {
  readonly value: string;
  readonly partners: number;
}

/** What is compared of a partner. Of protected addresses there is nothing in it but the municipality, which is told. */
export interface Profile {
  readonly id: string;
  /** Name and short name, folded. */
  readonly names: readonly string[];
  readonly phones: readonly Shared[];
  /** Hosts of websites and domains of e-mail addresses. */
  readonly domains: readonly Shared[];
  /** What registers call it, as its sources tell: each with the register before the number. */
  readonly numbers: readonly Shared[];
  /** Street, number and municipality; `label` is for people. */
  readonly addresses: readonly (Shared & { readonly label: string })[];
  readonly positions: readonly Point[];
  readonly municipalities: readonly string[];
}

export interface Evidence {
  readonly kind: DuplicateEvidence;
  /** In bits: speaks for it above 0, against it below. */
  readonly weight: number;
  /** What it is about, for people. */
  readonly value: string | null;
  /** Of names: how alike, 0 to 1. */
  readonly similarity?: number;
}

export interface Comparison {
  /** 0 to 1: how probable it is that both are one. */
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** Two partners that share some key are one in about a thousand cases, before anything is looked at. */
const PRIOR = -10;

/** Bits by how alike the names are; names that have little in common outweigh a shared office. */
const BY_NAME: readonly [from: number, bits: number][] = [
  [0.95, 10],
  [0.85, 8],
  [0.7, 5],
  [0.55, 0],
  [0.35, -7],
  [0, -14],
];

/**
 * Most that phone, web, address and number tell together: who shares a house often shares the others too, and all branches
 * of one legal body its number.
 */
const MOST_OF_OFFICE = 13;
const NEAR_KM = 0.15;
/** Per bit of words that each has for itself, and at most. */
const BY_OWN_WORDS = 2;
const MOST_OF_OWN_WORDS = 14;

/**
 * The score of Fellegi and Sunter (1969, "A Theory for Record Linkage"): the weights log2(m/u) of all evidence are added to
 * those of the prior odds, and the sum is told as a probability. Of what agrees, u is how many partners share the value
 * (frequency-based weights, Winkler 1989), m about .9; of what disagrees the weights are set by hand: organisations move
 * and change their numbers.
 */
export function comparePartners(a: Profile, b: Profile, vocabulary: Vocabulary): Comparison {
  const office = capped([
    sharedPhone(a, b, vocabulary),
    sharedDomain(a, b, vocabulary),
    sharedNumber(a, b, vocabulary),
    place(a, b, vocabulary),
  ]);
  const evidence = [...names(a, b, vocabulary), townInName(a, b, vocabulary), ...office].filter(
    one => one !== null && one.weight !== 0,
  ) as Evidence[];
  const bits = evidence.reduce((sum, { weight }) => sum + weight, PRIOR);
  return { score: 1 / (1 + 2 ** -bits), evidence: evidence.sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight)) };
}

function names(a: Profile, b: Profile, vocabulary: Vocabulary): Evidence[] {
  let best = { similarity: 0, information: 0, apart: 0 };
  for (const mine of a.names)
    for (const theirs of b.names) {
      const match = compareNames(wordsOf(mine), wordsOf(theirs), vocabulary);
      if (match.similarity > best.similarity) best = match;
    }
  const bits = BY_NAME.find(([from]) => best.similarity >= from)![1];
  const { NAME, OWN_WORDS } = DuplicateEvidence;
  return [
    // Two that are both called "Beratungsstelle" have told little.
    { kind: NAME, weight: rounded(Math.min(bits, best.information)), value: null, similarity: best.similarity },
    // Branches of one umbrella differ in one word each; who shortens a name adds none of her own.
    { kind: OWN_WORDS, weight: -rounded(Math.min(MOST_OF_OWN_WORDS, best.apart * BY_OWN_WORDS)), value: null },
  ];
}

/** Each is named after another town: branches of one umbrella. */
function townInName(a: Profile, b: Profile, { towns }: Vocabulary): Evidence | null {
  const [mine, theirs] = [a, b].map(({ names }) => new Set(names.flatMap(wordsOf).filter(word => towns.has(word)))) as [
    Set<string>,
    Set<string>,
  ];
  if (mine.size === 0 || theirs.size === 0 || [...mine].some(town => theirs.has(town))) return null;
  return { kind: DuplicateEvidence.TOWN_IN_NAME, weight: -6, value: null };
}

const sharedPhone = (a: Profile, b: Profile, vocabulary: Vocabulary): Evidence | null =>
  agreement(DuplicateEvidence.PHONE, a.phones, b.phones, vocabulary, { most: 10, otherwise: -1 });

const sharedDomain = (a: Profile, b: Profile, vocabulary: Vocabulary): Evidence | null =>
  agreement(DuplicateEvidence.WEB, a.domains, b.domains, vocabulary, { most: 8, otherwise: -1 });

/** Only numbers of one register can be compared; two of it are two legal bodies. */
function sharedNumber(a: Profile, b: Profile, vocabulary: Vocabulary): Evidence | null {
  const registers = new Set(b.numbers.map(registerOf));
  const comparable = a.numbers.filter(one => registers.has(registerOf(one)));
  return agreement(DuplicateEvidence.NUMBER, comparable, b.numbers, vocabulary, { most: 10, otherwise: -4 });
}

const registerOf = ({ value }: Shared): string => value.slice(0, value.lastIndexOf(' '));

function place(a: Profile, b: Profile, vocabulary: Vocabulary): Evidence | null {
  const same = agreement(DuplicateEvidence.ADDRESS, a.addresses, b.addresses, vocabulary, { most: 8, otherwise: 0 });
  if (same && same.weight > 0) {
    const label = b.addresses.find(({ value }) => value === same.value)?.label ?? null;
    return { ...same, value: label };
  }
  const near = a.positions.some(mine => b.positions.some(theirs => haversineKm(mine, theirs) < NEAR_KM));
  if (near) return { kind: DuplicateEvidence.PLACE, weight: 2, value: null };
  if (a.municipalities.length === 0 || b.municipalities.length === 0) return null;
  const sameTown = a.municipalities.some(key => b.municipalities.includes(key));
  return { kind: DuplicateEvidence.PLACE, weight: sameTown ? -0.5 : -4, value: null };
}

function agreement(
  kind: DuplicateEvidence,
  mine: readonly Shared[],
  theirs: readonly Shared[],
  { partners }: Vocabulary,
  { most, otherwise }: { most: number; otherwise: number },
): Evidence | null {
  if (mine.length === 0 || theirs.length === 0) return null;
  const values = new Set(theirs.map(one => one.value));
  const shared = mine.filter(one => values.has(one.value)).sort((x, y) => x.partners - y.partners)[0];
  if (!shared) return { kind, weight: otherwise, value: null };
  // Two at least have it.
  const u = Math.max(shared.partners - 1, 1) / Math.max(partners, FEWEST);
  return { kind, weight: rounded(Math.min(most, Math.max(0, Math.log2(0.9 / u)))), value: shared.value };
}

function capped(evidence: readonly (Evidence | null)[]): (Evidence | null)[] {
  const sum = evidence.reduce((all, one) => all + Math.max(0, one?.weight ?? 0), 0);
  if (sum <= MOST_OF_OFFICE) return [...evidence];
  return evidence.map(
    one => one && (one.weight > 0 ? { ...one, weight: rounded((one.weight * MOST_OF_OFFICE) / sum) } : one),
  );
}

const rounded = (bits: number): number => Math.round(bits * 100) / 100;
