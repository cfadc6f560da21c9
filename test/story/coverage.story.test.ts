import { expect, test } from 'vitest';
import { demoHub } from '../support/demo-hub.js';

const hub = demoHub('story_coverage');

const COVERAGE = `query ($network: String!, $category: ID!) {
  network(slug: $network) { municipalities { key } }
  coverage(input: { networks: [$network], category: $category }) {
    rows { municipality { key } demand services places freePlaces nearestKm placesPer1000 accessibility status }
    gaps { municipality { key } status }
    gini
  }
}`;

test.each(['aachen', 'wuppertal', 'unna', 'bochum', 'dortmund'])('anybody sees how %s is covered', async network => {
  const { coverage, network: known } = await hub.ask(null, COVERAGE, { network, category: 'counselling' });
  const keys = (rows: { municipality: { key: string } }[]) => rows.map(row => row.municipality.key).sort();
  expect(keys(coverage.rows)).toEqual(known.municipalities.map((one: { key: string }) => one.key).sort());
  for (const row of coverage.rows) {
    expect(row.demand).toBeGreaterThan(0);
    expect(row.services).toBeGreaterThan(0);
    expect(row.freePlaces).toBeLessThanOrEqual(row.places);
    expect(row.placesPer1000).toBeCloseTo((1000 * row.places) / row.demand, 9);
  }
  const gaps = coverage.rows.filter((row: { status: string }) => row.status === 'GAP');
  expect(keys(coverage.gaps)).toEqual(keys(gaps));
  expect(coverage.gini).toBeGreaterThanOrEqual(0);
  expect(coverage.gini).toBeLessThan(1);
});
