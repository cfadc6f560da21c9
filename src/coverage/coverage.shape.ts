import { many, number, one, word } from '../read-path/readers.js';
import type { OneRoot, Shape } from '../read-path/shape.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { questionOf } from './coverage.query.js';
import { figuresInArrays, unfolded } from './coverage-figures.query.js';

const figure = (column: string) => number(row => sql`${row}.${verbatim(column)}`);

export const COVERAGE: Shape = {
  fields: {
    gaps: many(row => sql`${unfolded(row)} where t.status = 'GAP'`, 'coalesce(t.demand, -1) desc, t.place'),
    gini: figure('gini'),
    rows: many(unfolded, 't.place'),
  },
};

export const COVERAGE_ROW: Shape = {
  fields: {
    accessibility: figure('accessibility'),
    demand: figure('demand'),
    freePlaces: figure('free_places'),
    municipality: one(row => sql`municipality t where t.key = ${row}.key`),
    nearestKm: figure('nearest_km'),
    places: figure('places'),
    placesPer1000: figure('places_per_1000'),
    services: figure('services'),
    status: word((row: Sql) => sql`${row}.status`),
  },
};

export const coverage: OneRoot = {
  kind: 'one',
  from: ({ viewer }, { input }) =>
    sql`(${figuresInArrays(viewer, questionOf(input as Parameters<typeof questionOf>[0]))}) t`,
};
