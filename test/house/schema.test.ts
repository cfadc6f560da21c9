import { existsSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { hubSchema, hubSdl } from '../../src/schema.js';
import { publishedSchemas } from './published.js';
import { ROOT } from './run.js';

const schema = await hubSchema();
const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

/**
 * Breaking changes that are meant, by their description, each with a reason and a date: what had been deprecated long
 * enough, what nobody can have relied on.
 */
const MEANT: Readonly<Record<string, string>> = {
  'Query.actionPlans arg first has changed defaultValue from 20 to 10.':
    '2026-11-22, the day of its publication: the page of a plan was too expensive as it stood',
  'PlanMeasure.readings arg first has changed defaultValue from 20 to 5.':
    '2026-11-22, the day of its publication: the page of a plan was too expensive as it stood',
  'PlanMeasure.reviews arg first has changed defaultValue from 20 to 5.':
    '2026-11-22, the day of its publication: the page of a plan was too expensive as it stood',
  'TeamWhoKnows.knows changed type from Int! to Int.':
    '2026-11-22, the day of its publication: how much a team knows is for the office, whom to ask for partners too',
  'ProgrammeMoney.placeMonths changed type from Int! to Float!.':
    '2026-11-22, the day of its publication: a sum of months passes what an Int holds, and failed then',
  'ProgrammeMoney.coachingMinutes changed type from Int! to Float!.':
    '2026-11-22, the day of its publication: a sum of months passes what an Int holds, and failed then',
};

/** What no longer is there or fits, and what means something else where it is left out. */
const broken = (before: GraphQLSchema, after: GraphQLSchema): string[] =>
  [
    ...findBreakingChanges(before, after),
    ...findDangerousChanges(before, after).filter(
      change => change.type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
    ),
  ].map(change => change.description);

describe('schema/hub.graphql', () => {
  it('is what the program serves', async () => {
    expect(await hubSdl(), 'stale: npm run hub -- schema --write').toBe(read('schema/hub.graphql'));
  });

  it('contains the contract', () => {
    expect(broken(buildSchema(read('test/contract.graphql')), schema)).toEqual([]);
  });

  it('is held against the contract as it stands', context => {
    const original = '../shared/contract/core.graphql';
    if (!existsSync(`${ROOT}${original}`)) return context.skip('the contract itself is not here, only its copy');
    expect(read('test/contract.graphql'), `copy ${original} to test/contract.graphql`).toBe(read(original));
  });

  it('takes nothing back that was published', async context => {
    const published = await publishedSchemas();
    if (published.length === 0) return context.skip('the history of git, if there is one, has published no schema');
    const faults = published.flatMap(({ commit, sdl }) =>
      broken(buildSchema(sdl), schema)
        .filter(description => !MEANT[description])
        .map(description => `${description} (published by ${commit})`),
    );
    expect(faults, 'deprecate it with a reason and a date, or name it in MEANT').toEqual([]);
  });

  it('would be refused if it took something back', () => {
    const before = buildSchema('type Query { a: Int b(of: ID): Int } enum E { X Y }');
    const after = buildSchema('type Query { b(of: ID!): Int } enum E { X }');
    expect(broken(before, after)).toHaveLength(3);
    expect(
      broken(
        buildSchema('type Query { c(first: Int = 20): Int }'),
        buildSchema('type Query { c(first: Int = 10): Int }'),
      ),
    ).toHaveLength(1);
    expect(broken(after, buildSchema('type Query { b(of: ID!, at: Int): Int c: Int } enum E { X Z }'))).toEqual([]);
  });
});
