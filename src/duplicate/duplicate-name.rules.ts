// Names come folded (`fold_german`): lower case, no umlauts, words apart by one blank. So are the words here.

/** Legal forms and small words: they tell nobody apart. */
export const EMPTY_WORDS: readonly string[] =
  'e v ev eg ek g gmbh ggmbh mbh ug gug haftungsbeschrankt ag gag kg kgaa ohg gbr se co stiftung verein eingetragener gemeinnutzige gemeinnutziger gesellschaft mit beschrankter haftung und der die das des dem den fur im in am an bei von vom zu zum zur'.split(
    ' ',
  );

/** What organisations of one umbrella are called all alike: counts little. */
const WEAK_WORDS = new Set(
  'kreisverband ortsverband stadtverband bezirksverband landesverband regionalverband unterbezirk kreis stadt region stadteregion nrw nordrhein westfalen'.split(
    ' ',
  ),
);

/** Abbreviations that everybody uses, and what they stand for. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  awo: 'arbeiterwohlfahrt',
  drk: 'deutsches rotes kreuz',
  asb: 'arbeiter samariter bund',
  skf: 'sozialdienst katholischer frauen',
  skm: 'sozialdienst katholischer manner',
  vhs: 'volkshochschule',
  cjd: 'christliches jugenddorfwerk deutschlands',
  ib: 'internationaler bund',
  dpwv: 'paritatischer wohlfahrtsverband',
  kv: 'kreisverband',
  ov: 'ortsverband',
};

export const ABBREVIATED: readonly string[] = Object.keys(ABBREVIATIONS);
export const WRITTEN_OUT: readonly string[] = Object.values(ABBREVIATIONS);

const EMPTY = new Set(EMPTY_WORDS);

/** The words of a folded name that tell something, abbreviations written out, each once. */
export const wordsOf = (folded: string): string[] => [
  ...new Set(
    folded
      .split(' ')
      .filter(word => word !== '' && !EMPTY.has(word))
      .flatMap(word => (ABBREVIATIONS[word] ?? word).split(' ')),
  ),
];

/** How rare words are, and which are towns. */
export interface Vocabulary {
  /** How many partners are compared. */
  readonly partners: number;
  /** By word, how many of them have it in their name; 1 where it is not there. */
  readonly frequency: ReadonlyMap<string, number>;
  readonly towns: ReadonlySet<string>;
}

/** As many partners are thought of at least: few to compare with make neither a word nor a phone number common. */
export const FEWEST = 1_000;

/** Bits that a word tells: log2 of partners per partner with it, less for towns and words of umbrellas. */
export function informationOf(word: string, { partners, frequency, towns }: Vocabulary): number {
  const bits = Math.log2((Math.max(partners, FEWEST) + 1) / (frequency.get(word) ?? 1)) + 0.5;
  if (WEAK_WORDS.has(word)) return bits * 0.2;
  return towns.has(word) ? bits * 0.3 : bits;
}

export interface NameMatch {
  /** 0 to 1, best 1. */
  readonly similarity: number;
  /** Bits of the words that both have. */
  readonly information: number;
  /** Bits of the words that each has for itself, of the one with fewer: 0 where one name only leaves something out. */
  readonly apart: number;
}

/**
 * How alike two names are: Dice's coefficient of their words, each weighed by what it tells, where words that are nearly
 * written alike count by how nearly (soft TF-IDF: Cohen, Ravikumar, Fienberg 2003, "A Comparison of String Distance
 * Metrics for Name-Matching Tasks").
 */
export function compareNames(first: readonly string[], second: readonly string[], vocabulary: Vocabulary): NameMatch {
  const a = joinedLike(first, second);
  const b = joinedLike(second, a);
  const weight = (word: string) => informationOf(word, vocabulary);
  const rest = new Set(b);
  let matched = 0;
  let information = 0;
  let own = 0;
  for (const word of a) {
    const [best, nearness] = nearestOf(word, rest);
    if (best === null) {
      own += weight(word);
      continue;
    }
    rest.delete(best);
    matched += nearness * (weight(word) + weight(best));
    // A word with a slip in it is rare, but tells no more than the word that was meant.
    information += nearness * Math.min(weight(word), weight(best));
  }
  const all = [...a, ...b].reduce((sum, word) => sum + weight(word), 0);
  const theirs = [...rest].reduce((sum, word) => sum + weight(word), 0);
  return { similarity: all === 0 ? 0 : matched / all, information, apart: Math.min(own, theirs) };
}

/** What may stand between the parts of a word that is written together. */
export const LINKS: readonly string[] = ['', 's', 'n'];
/** Wohnungs-Losen-Hilfe. */
const MOST_PARTS = 3;

/** The words of one name, those written together that the other one writes together: Sucht-Hilfe, Suchthilfe. */
function joinedLike(words: readonly string[], others: readonly string[]): string[] {
  const together = new Set(others);
  const joined: string[] = [];
  for (let i = 0; i < words.length; ) {
    const [word, parts] = togetherAt(words, i, together);
    joined.push(word);
    i += parts;
  }
  return [...new Set(joined)];
}

function togetherAt(
  words: readonly string[],
  at: number,
  together: ReadonlySet<string>,
): [word: string, parts: number] {
  let starts: readonly string[] = [words[at]!];
  for (let parts = 2; parts <= MOST_PARTS && at + parts <= words.length; parts++) {
    const next = words[at + parts - 1]!;
    starts = starts.flatMap(start => LINKS.map(link => start + link + next));
    const found = starts.find(word => together.has(word));
    if (found !== undefined) return [found, parts];
  }
  return [words[at]!, 1];
}

const NEARLY = 0.8;

function nearestOf(word: string, words: ReadonlySet<string>): [word: string | null, nearness: number] {
  if (words.has(word)) return [word, 1];
  let found: [string | null, number] = [null, 0];
  for (const other of words) {
    const nearness = nearnessOf(word, other);
    if (nearness >= NEARLY && nearness > found[1]) found = [other, nearness];
  }
  return found;
}

/** 1 − edits / longer length, where a swap of two neighbours is one edit (optimal string alignment); 0 for short words. */
export function nearnessOf(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  if (longer < 4 || Math.abs(a.length - b.length) > longer * (1 - NEARLY)) return a === b ? 1 : 0;
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j]!, before[j - 2]! + 1);
    }
    [before, row] = [row, next];
  }
  return 1 - row[b.length]! / longer;
}
