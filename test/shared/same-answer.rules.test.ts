import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameAnswer } from '../../src/shared/same-answer.rules.js';

const same = (told: unknown, now: unknown) => sameAnswer(told, now, '_id');

describe('a repetition is told', () => {
  it.each<[string, told: unknown, now: unknown, answer: unknown]>([
    [
      'the same, where nothing has changed',
      { a: 1, b: [1, 2], c: { d: 'x' } },
      { a: 1, b: [1, 2], c: { d: 'x' } },
      { a: 1, b: [1, 2], c: { d: 'x' } },
    ],
    [
      'what was true then',
      { _id: '1', status: 'SENT' },
      { _id: '1', status: 'DECLINED' },
      { _id: '1', status: 'SENT' },
    ],
    ['nothing that may no longer be read', { client: { age: 30 } }, { client: null }, { client: null }],
    ['nothing that came later', { outcome: null }, { outcome: 'DONE' }, { outcome: null }],
    ['values that are a list as they were', { steps: ['A', 'B'] }, { steps: ['C'] }, { steps: ['A', 'B'] }],
    ['no values where none may be read now', { steps: ['A', 'B'] }, { steps: [] }, { steps: [] }],
    ['no more values than there were', { steps: [] }, { steps: ['A'] }, { steps: [] }],
    [
      'the things of a list that are still there',
      {
        all: [
          { _id: '1', a: 1 },
          { _id: '2', a: 1 },
          { _id: '3', a: 1 },
        ],
      },
      {
        all: [
          { _id: '3', a: 2 },
          { _id: '4', a: 2 },
          { _id: '1', a: 2 },
        ],
      },
      {
        all: [
          { _id: '1', a: 1 },
          { _id: '3', a: 1 },
        ],
      },
    ],
    [
      'edges by their nodes',
      [
        { cursor: 'x', node: { _id: '1', a: 1 } },
        { cursor: 'y', node: { _id: '2', a: 1 } },
      ],
      [{ cursor: 'z', node: { _id: '2', a: null } }],
      [{ cursor: 'y', node: { _id: '2', a: null } }],
    ],
    [
      'of another thing what may be read now',
      { partner: { _id: '1', name: 'A', secret: 1 } },
      { partner: { _id: '2', name: 'B', secret: 2 } },
      { partner: { _id: '2', name: 'B', secret: 2 } },
    ],
    ['of a thing of another type too', { thing: { name: 'A' } }, { thing: { title: 'B' } }, { thing: { title: 'B' } }],
    [
      'things without an id, where each is still there',
      [{ a: 1 }, { a: 1 }],
      [{ a: 1 }, { a: 2 }, { a: 1 }],
      [{ a: 1 }, { a: 1 }],
    ],
    ['the new ones, where one is not', [{ a: 1 }, { a: 3 }], [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 2 }]],
    ['the new ones, where one is there once less', [{ a: 1 }, { a: 1 }], [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 2 }]],
    [
      'the new ones, where two have one id',
      [{ _id: '1', a: 1 }],
      [
        { _id: '1', a: 2 },
        { _id: '1', a: 3 },
      ],
      [
        { _id: '1', a: 2 },
        { _id: '1', a: 3 },
      ],
    ],
    ['no thing, where none is left', [{ a: 1 }], [], []],
    ['no thing, where there was none', [], [{ a: 1 }], []],
    [
      'no thing of a list that may no longer be read',
      [{ _id: '1' }, { _id: '2' }],
      [null, { _id: '2' }],
      [null, { _id: '2' }],
    ],
    ['null for null', null, null, null],
    ['what is there now, where it has another form', { a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('%s', (_what, told, now, answer) => {
    expect(same(told, now)).toEqual(answer);
  });

  it('the fields in the order of the selection, which the database does not keep', () => {
    const told = { a: 1, bb: [{ _id: '1', a: 1, b: { c: 1, dd: 2 } }], ccc: [{ a: 1, bb: 2 }] };
    const now = { ccc: [{ bb: 2, a: 1 }], a: 2, bb: [{ b: { dd: 3, c: 2 }, a: 2, _id: '1' }] };
    expect(JSON.stringify(same(told, now))).toBe(
      '{"ccc":[{"bb":2,"a":1}],"a":1,"bb":[{"b":{"dd":2,"c":1},"a":1,"_id":"1"}]}',
    );
  });
});

/** Things with ids, values, values in lists, things without ids; lists of things have distinct ids. */
interface Thing {
  _id: string;
  value: number | null;
  values: number[];
  part: { value: number | null } | null;
  next: Thing | null;
  all: Thing[];
  loose: { value: number }[];
}
const thingOf: (depth: number) => fc.Arbitrary<Thing> = fc.memo(depth =>
  fc.record({
    _id: fc.uuid(),
    value: fc.option(fc.integer()),
    values: fc.array(fc.integer(), { maxLength: 3 }),
    part: fc.option(fc.record({ value: fc.option(fc.integer()) })),
    next: depth > 1 ? fc.option(thingOf(depth - 1)) : fc.constant(null),
    all: depth > 1 ? fc.uniqueArray(thingOf(depth - 1), { maxLength: 3, selector: one => one._id }) : fc.constant([]),
    loose: fc.array(fc.record({ value: fc.integer({ max: 3, min: 0 }) }), { maxLength: 3 }),
  }),
);
const thing = thingOf(3);
const dice = fc.infiniteStream(fc.integer({ min: 0, max: 3 })).map(stream => () => stream.next().value === 0);

/** As it would be read by somebody who may see less of it. */
const hidden = (one: Thing, hide: () => boolean): Thing => ({
  ...one,
  value: hide() ? null : one.value,
  part: hide() ? null : one.part,
  values: hide() ? [] : one.values,
  next: one.next === null || hide() ? null : hidden(one.next, hide),
  all: one.all.flatMap(each => (hide() ? [] : [hidden(each, hide)])),
  loose: one.loose.filter(() => !hide()),
});

/** As it would be read later on. */
const movedOn = (one: Thing, change: () => boolean): Thing => ({
  ...one,
  value: one.value === null ? (change() ? 1 : null) : one.value + 1,
  // One that has become empty reads as one that is hidden.
  values: change() || one.values.length === 1 ? [...one.values, 1] : one.values.slice(1),
  part: one.part && { value: one.part.value },
  next: one.next && movedOn(one.next, change),
  all: [{ ...one, _id: 'new', all: [], next: null }, ...one.all.map(each => movedOn(each, change)).reverse()],
  loose: [{ value: 7 }, ...one.loose],
});

/** Every value with where it stands: things by their ids, not by their places. */
function places(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(item => places(item, `${at}[]`));
  if (typeof value !== 'object') return [at];
  if (value === null) return [];
  const { _id } = value as Partial<Thing>;
  return Object.entries(value).flatMap(([name, inner]) => places(inner, `${at}${_id ? `(${_id})` : ''}.${name}`));
}

describe('whatever was told', () => {
  it('is told again, where nothing has changed', () => {
    fc.assert(
      fc.property(thing, one => {
        expect(JSON.stringify(same(one, one))).toBe(JSON.stringify(one));
      }),
    );
  });

  it('is told again, where all has moved on and nothing is hidden', () => {
    fc.assert(
      fc.property(thing, dice, (one, change) => {
        expect(same(one, movedOn(one, change))).toEqual(one);
      }),
    );
  });

  it('is hidden as far as it is hidden now', () => {
    fc.assert(
      fc.property(thing, dice, (one, hide) => {
        const now = hidden(one, hide);
        expect(same(one, now)).toEqual(now);
      }),
    );
  });

  it('tells of no thing and no field that does not tell something now', () => {
    fc.assert(
      fc.property(thing, dice, dice, (one, hide, change) => {
        const now = movedOn(hidden(one, hide), change);
        const open = new Set(places(now));
        // Values that are a list count as one: they may be fewer now.
        const told = places(same(one, now)).filter(place => !place.endsWith('.values[]'));
        expect(told.filter(place => !open.has(place))).toEqual([]);
      }),
    );
  });
});
