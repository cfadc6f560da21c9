const SHORTEST_FOR_ONE = 5;
const SHORTEST_FOR_TWO = 9;
/** Below it an exchanged letter must be one that sounds alike or lies beside it. */
const SHORTEST_FOR_ANY_LETTER = 8;

/** Letters that are mistaken for each other by ear. */
const SOUND_ALIKE = ['aei', 'ouy', 'iy', 'eo', 'dt', 'bp', 'gkcq', 'fvw', 'szc', 'mn', 'ij'];
/** Rows of a German keyboard; a letter's neighbours are beside, above and below it. */
const KEYBOARD = ['qwertzuiop', 'asdfghjkl', 'yxcvbnm'];

/** How many letters of a word may be wrong: none below 5 letters, one from 5, two from 9. */
export function mayDiffer(length: number): number {
  if (length >= SHORTEST_FOR_TWO) return 2;
  return length >= SHORTEST_FOR_ONE ? 1 : 0;
}

/**
 * Letters that were left out, put in, exchanged or swapped with their neighbour (Damerau: A technique for computer
 * detection and correction of spelling errors, 1964; no letter is changed twice). Infinity beyond `most`.
 */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return Number.POSITIVE_INFINITY;
    [before, last] = [last, row];
  }
  const distance = last[other.length]!;
  return distance > most ? Number.POSITIVE_INFINITY : distance;
}

/** How far a typed word is from one that there is, Infinity where it is not taken for a slip of it. */
export function slips(typed: string, meant: string): number {
  const most = mayDiffer(Math.min(typed.length, meant.length + 1));
  if (most === 0 || /\d/.test(typed) || /\d/.test(meant) || !beginsAlike(typed, meant)) return Number.POSITIVE_INFINITY;
  const distance = editDistance(typed, meant, most);
  if (
    distance === 1 &&
    typed.length === meant.length &&
    typed.length < SHORTEST_FOR_ANY_LETTER &&
    !isNearLetter(typed, meant)
  )
    return Number.POSITIVE_INFINITY;
  return distance;
}

function beginsAlike(typed: string, meant: string): boolean {
  if (typed[0] === meant[0] || alike(typed[0]!, meant[0]!)) return true;
  return typed[0] === meant[1] && typed[1] === meant[0];
}

const alike = (one: string, other: string): boolean =>
  SOUND_ALIKE.some(group => group.includes(one) && group.includes(other));

/** Is the one letter by which they differ easily taken for the other? Two swapped letters are. */
function isNearLetter(typed: string, meant: string): boolean {
  const at = [...typed].findIndex((letter, i) => letter !== meant[i]);
  const [one, other] = [typed[at]!, meant[at]!];
  if (typed.slice(at + 1) !== meant.slice(at + 1)) return true;
  return alike(one, other) || besides(one, other);
}

function besides(one: string, other: string): boolean {
  const [a, b] = [keyOf(one), keyOf(other)];
  return a !== null && b !== null && Math.abs(a.row - b.row) <= 1 && Math.abs(a.column - b.column) <= 1;
}

function keyOf(letter: string): { row: number; column: number } | null {
  const row = KEYBOARD.findIndex(keys => keys.includes(letter));
  return row < 0 ? null : { row, column: KEYBOARD[row]!.indexOf(letter) };
}

const MOST_CANDIDATES = 4;

/** The words that somebody may have meant: the nearest ones, few. */
export function nearest(typed: string, words: Iterable<string>): string[] {
  let best = Number.POSITIVE_INFINITY;
  let found: string[] = [];
  for (const word of words) {
    if (Math.abs(word.length - typed.length) > 2 || word === typed) continue;
    const distance = slips(typed, word);
    if (distance > best || distance === Number.POSITIVE_INFINITY) continue;
    if (distance < best) [best, found] = [distance, []];
    if (found.length < MOST_CANDIDATES && !found.includes(word)) found.push(word);
  }
  return found;
}

/** What a typed word becomes when two neighbours in it are swapped: trigrams hardly find those. */
export const swapped = (typed: string): string[] =>
  [...typed.slice(1)].map((letter, i) => typed.slice(0, i) + letter + typed[i]! + typed.slice(i + 2));
