import { describe, expect, it } from 'vitest';
import { directionFaults } from './direction.js';
import { cyclesIn, importsOf, sourcesIn } from './sources.js';

const program = await sourcesIn('src', 'migrations');
const everything = [...program, ...(await sourcesIn('test'))];

describe('imports', () => {
  it('point one way: rules ← entity ← access ← actions, query, loaders ← resolver', () => {
    expect(directionFaults(program)).toEqual([]);
  });

  it('go round in no circle', () => {
    expect(cyclesIn(everything)).toEqual([]);
  });

  it('are all read: relative ones name files that are there', () => {
    const known = new Set(everything.map(one => one.path));
    const lost = everything
      .filter(one => !one.path.startsWith('test/house/'))
      .flatMap(one =>
        importsOf(one).flatMap(({ file }) => (file && !known.has(file) ? [`${one.path} → ${file}`] : [])),
      );
    expect(lost).toEqual([]);
    expect(everything.flatMap(importsOf).length).toBeGreaterThan(everything.length);
  });
});

describe('the program', () => {
  const linesWith = (pattern: RegExp, allowed: readonly string[]) =>
    program
      .filter(one => !allowed.includes(one.path))
      .flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
      );

  it('reads the environment in one place', () => {
    expect(linesWith(/process\.env\b|\benv\b.*from 'node:process'/, ['src/config.ts'])).toEqual([]);
  });

  it('asks one clock for the time', () => {
    const askingTheMachine = /new Date\b(?!\()|new Date\(\s*\)|\bDate\.now\b|\bDateTime\.(now|local|utc)\(\s*\)/;
    expect(linesWith(askingTheMachine, ['src/shared/clock.ts'])).toEqual([]);
  });
});

describe('the check of imports', () => {
  const file = (path: string, ...lines: string[]) => ({ path, text: lines.join('\n') });
  const faults = (path: string, ...lines: string[]) => directionFaults([file(path, ...lines)], {});

  it('reads every form', () => {
    const text = file(
      'src/x/x.actions.ts',
      `import './x.enums.js';`,
      `import type { A } from '../y/y.rules.js';`,
      `import B, { type C } from "./x.entity.js";`,
      'import {',
      '  brücke,',
      `} from './x.access.js';`,
      `import * as d from 'luxon';`,
      `export { e } from './e.js';`,
      `export * from './f.js';`,
      `const g = await import('../g.js'), h = require('h');`,
      `export const notOne = 'from';`,
      `export type Nor = 'this';`,
    );
    expect(
      importsOf(text).map(
        one => `${one.typeOnly ? 'type ' : ''}${one.dynamic ? 'called ' : ''}${one.file ?? one.name}`,
      ),
    ).toEqual([
      'type src/y/y.rules.ts',
      'src/x/x.entity.ts',
      'src/x/x.access.ts',
      'luxon',
      'src/x/e.ts',
      'src/x/f.ts',
      'src/x/x.enums.ts',
      'called src/g.ts',
      'called h',
    ]);
  });

  it.each([
    ['rules that read', 'src/x/x.rules.ts', `import { sql } from '../shared/sql.js';`],
    ['rules that know an entity', 'src/x/x.rules.ts', `import type { X } from './x.entity.js';`],
    ['rules with a package', 'src/x/x.rules.ts', `import { MikroORM } from '@mikro-orm/postgresql';`],
    ['an entity that knows its access', 'src/x/x.entity.ts', `import { may } from './x.access.js';`],
    ['access that queries', 'src/x/x.access.ts', `import { find } from '../y/y.query.js';`],
    ['a query that writes', 'src/x/x.query.ts', `import { write } from '../shared/write.js';`],
    ['a query that knows an action', 'src/x/x.query.ts', `import { change } from './x.actions.js';`],
    ['an action that knows GraphQL', 'src/x/x.actions.ts', `import { Field } from 'type-graphql';`],
    ['a resolver that knows another', 'src/x/x.resolver.ts', `import { Y } from '../y/y.resolver.js';`],
    ['a late import', 'src/x/x.query.ts', `  const { change } = await import('./x.actions.js');`],
    ['an export onwards', 'src/x/x.rules.ts', `export * from './x.entity.js';`],
    ['shared code that knows a feature', 'src/shared/a.ts', `import { b } from '../x/x.rules.js';`],
    ['a feature that knows the server', 'src/x/x.actions.ts', `import { b } from '../http/server.js';`],
    ['a feature that knows the demo', 'src/x/x.actions.ts', `import { b } from '../demo/world.js';`],
    ['a program that knows its tests', 'src/demo/world.ts', `import { b } from '../../test/support/hub.js';`],
    ['an unheard-of room', 'src/x/x.service.ts', `import { b } from './x.rules.js';`],
  ])('refuses %s', (_, path, line) => {
    expect(faults(path, line)).toHaveLength(1);
  });

  it.each([
    ['src/x/x.resolver.ts', `import { change } from './x.actions.js';`],
    ['src/x/x.actions.ts', `import { write } from '../shared/write.js';`],
    ['src/schema.ts', `import { XResolver } from './x/x.resolver.js';`],
    ['src/node.resolver.ts', `import { find } from './x/x.query.js';`],
    ['src/x/x.rules.ts', `import { DateTime } from 'luxon';`],
  ])('lets %s pass with %s', (path, line) => {
    expect(faults(path, line)).toEqual([]);
  });

  it('tells an exception that is no longer needed', () => {
    const exceptions = { 'src/shared/a.ts → src/x/x.rules.ts': 'once there was a reason' };
    const text = file('src/shared/a.ts', `import { b } from '../x/x.rules.js';`);
    expect(directionFaults([text], exceptions)).toEqual([]);
    expect(directionFaults([], exceptions)).toHaveLength(1);
  });

  it('finds a circle, but none of types alone', () => {
    const a = file('src/a.ts', `import { b } from './b.js';`);
    const circle = [a, file('src/b.ts', `import { c } from './c.js';`), file('src/c.ts', `export * from './a.js';`)];
    expect(cyclesIn(circle)).toEqual(['src/a.ts → src/b.ts → src/c.ts → src/a.ts']);
    expect(cyclesIn([a, file('src/b.ts', `import type { A } from './a.js';`)])).toEqual([]);
  });
});
