import { foldGerman } from './fold.rules.js';
import { nearest } from './typo.rules.js';

/**
 * The places whose name begins as typed, or has a word that does; where there is none, those of which it is a slip.
 * Herne is not Herten, and Kopenhagen not Hagen.
 */
export function placesNamed<T extends { readonly name: string }>(query: string, places: readonly T[]): T[] {
  const typed = foldGerman(query);
  if (typed === '') return [];
  const folded = places.map(place => ({ place, name: foldGerman(place.name) }));
  const begun = folded.filter(({ name }) => ` ${name}`.includes(` ${typed}`));
  if (begun.length > 0) return begun.map(({ place }) => place);
  const meant = new Set(
    nearest(
      typed,
      folded.flatMap(({ name }) => [name, ...name.split(' ')]),
    ),
  );
  return folded
    .filter(({ name }) => meant.has(name) || name.split(' ').some(word => meant.has(word)))
    .map(({ place }) => place);
}
