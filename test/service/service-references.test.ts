import { expect, test } from 'vitest';
import { serviceReferenceFaults } from '../../src/service/service-references.query.js';
import { testHub } from '../support/hub.js';

const hub = testHub('service_references');

test('what thousands of services name is looked up by one statement, and each is told its own faults', async () => {
  const { anker, brücke, location, home } = await hub.given();
  const offers = Array.from({ length: 3_000 }, (_, i) => ({
    partner: i % 5 === 4 ? brücke.id : anker.id,
    document: {
      status: 'ACTIVE',
      feedbackLevel: 'STATUS',
      categories: i % 5 === 1 ? ['debt-counselling'] : ['job-coaching'],
      needs: i % 5 === 2 ? ['debt', `need-${i}`] : ['debt'],
      criteria: i % 5 === 3 ? [{ effect: 'REQUIRES', needs: [`need-${i}`] }] : [],
      serviceArea: [home.key, '05'],
      locations: [location.id],
    },
  }));
  let found: Awaited<ReturnType<typeof serviceReferenceFaults>> = [];
  const begin = performance.now();
  const sent = await hub.statements(async () => {
    found = await serviceReferenceFaults(hub.nobody(), offers);
  });
  console.info(`references of 3,000 services: ${(performance.now() - begin).toFixed(0)} ms`);
  expect(sent).toHaveLength(1);
  const paths = [[], ['feedbackLevel'], ['needs.1'], ['criteria.0.needs.0'], ['locations.0']];
  expect(found.map(faults => faults.map(({ path }) => path.join('.')))).toEqual(offers.map((_, i) => paths[i % 5]));
});
