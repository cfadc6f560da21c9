import { expect, test } from 'vitest';
import { isOccupation } from '../../src/occupation/occupation.rules.js';
import { chosenOccupations, occupationsFor } from '../../src/occupation/occupation-search.rules.js';
import { OCCUPATION_WORDS } from '../../src/occupation/occupation-words.data.js';

test('every main group has everyday words, and nothing else has', () => {
  expect(Object.keys(OCCUPATION_WORDS).filter(code => code.length !== 2 || !isOccupation(code))).toEqual([]);
  expect(Object.keys(OCCUPATION_WORDS)).toHaveLength(37);
});

test('each everyday word leads to its main group first, where it has only one', () => {
  const groups = new Map<string, string[]>();
  for (const [code, words] of Object.entries(OCCUPATION_WORDS))
    for (const word of words.split(', ')) groups.set(word, [...(groups.get(word) ?? []), code]);
  const wrong = [...groups].flatMap(([word, codes]) => {
    const found = occupationsFor(word).slice(0, codes.length);
    return codes.every(code => found.includes(code)) ? [] : [{ word, codes, found: occupationsFor(word) }];
  });
  expect(wrong).toEqual([]);
});

test.each([
  ['Altenpfleger', '82'],
  ['altenpflegerin', '82'],
  ['Altenpfleger/in', '82'],
  ['Lagerist', '51'],
  ['Lageristin', '51'],
  ['Putzkraft', '54'],
  ['Reinigungshelfer', '54'],
  ['Raumpflegerin', '54'],
  ['putzen', '54'],
  ['Verkäuferin', '62'],
  ['verkaeufer', '62'],
  ['Verkäufer*in', '62'],
  ['Gärtnerin', '12'],
  ['Küchenhilfe', '29'],
  ['Kuechenhelferin', '29'],
  ['Köchin', '29'],
  ['Erzieherin', '83'],
  ['Krankenschwester', '81'],
  ['Busfahrer', '52'],
  ['Bürokauffrau', '71'],
  ['Tischlerin', '22'],
  ['Schreinerei', '22'],
  ['Metallarbeiter', '24'],
  ['Altenpfl', '82'],
  ['Lagrist', '51'],
  ['Elektrker', '26'],
  ['nurse', null],
  ['cleaning', '54'],
  ['83212', '83212'],
  ['5', '5'],
  ['99', null],
  ['Xylophonstimmer', null],
  ['', null],
  [' ?! ', null],
])('%s leads to %s', (query, code) => {
  expect(occupationsFor(query)[0] ?? null).toBe(code);
});

test('below an area only what is of it is offered, and without words everything', () => {
  expect(chosenOccupations('8', 'Pflegehelfer').slice(0, 2)).toEqual(['81', '82']);
  expect(chosenOccupations('5', 'Pflegehelfer')).toEqual([]);
  expect(chosenOccupations('5', ' ')).toEqual(['51', '52', '53', '54']);
  expect(chosenOccupations(null, null)).toHaveLength(10);
});
