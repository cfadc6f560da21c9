import { describe, expect, test } from 'vitest';
import { demoHub } from '../support/demo-hub.js';

const hub = demoHub('documents_bochum');

/** A Jobcenter joins "NRW inklusiv" in May 2018, with an action plan of its own: what became of it? */
const PLAN = `query ($on: LocalDate) {
  accessions(filter: { network: "bochum" }) { nodes { status accededOn mayUseLogo(on: $on) agreement { initiative } } }
  actionPlans(filter: { network: "bochum" }) { nodes {
    title adoptedOn published
    lights(on: $on) { green yellow red grey }
    measures {
      field title owner dueOn unit target indicator topic since needs { code }
      progress(on: $on) { value share light rule trendPer30Days }
    }
    targetsReached(on: $on) { measure { title } target reached isDue setTooHigh rule }
  } }
  jobcenters(first: 100) { nodes {
    network { slug } sites { id name latestAssessment { assessedOn } }
    accessibility(from: "2018-05-14", until: "2018-12-31") {
      sites assessed notMet open done overdue costCents openCostCents }
  } }
}`;

interface Measure {
  field: string;
  title: string;
  topic: string | null;
  dueOn: string;
  indicator: string;
  target: number;
  progress: { value: number | null; share: number | null; light: string; rule: string };
}

const BOCHUM = 'coordinator-bochum';

async function on(day: string, persona: string | null = BOCHUM) {
  const { accessions, actionPlans, jobcenters } = await hub.ask(persona, PLAN, { on: day });
  const plan = actionPlans.nodes.find((one: { adoptedOn: string }) => one.adoptedOn === '2018-05-07');
  const measures = plan.measures as Measure[];
  const jobcenter = jobcenters.nodes.find((one: { network: { slug: string } }) => one.network.slug === 'bochum');
  return { accession: accessions.nodes[0], plan, measures, jobcenter };
}

const training = (measures: Measure[]) => measures.filter(({ field }) => field === 'TRAINING');

describe('the press asks', () => {
  test('is Bochum a member of the state initiative, and since when?', async () => {
    const { accession } = await on('2018-05-14', null);
    expect(accession).toEqual({
      status: 'ACCEDED',
      accededOn: '2018-05-14',
      mayUseLogo: true,
      agreement: { initiative: 'NRW inklusiv' },
    });
  });

  test('are all integration staff trained on mental illness and addiction within two years?', async () => {
    const { measures, plan } = await on('2019-12-31');
    expect(training(measures)).toMatchObject([
      { topic: 'mental-illness', target: 100, dueOn: '2019-12-31', indicator: 'STAFF_TRAINED' },
      { topic: 'addiction', target: 100, dueOn: '2019-12-31', indicator: 'STAFF_TRAINED' },
    ]);
    for (const { title, progress, target } of training(measures)) {
      const { reached } = plan.targetsReached.find(
        (one: { measure: { title: string } }) => one.measure.title === title,
      );
      expect(reached).toBe(progress.value);
      expect(progress.light === 'GREEN').toBe(reached >= target);
    }
    const then = training((await on('2018-10-01')).measures);
    for (const [i, { progress }] of then.entries())
      expect(progress.value).toBeLessThan(training(measures)[i]!.progress.value!);
  });

  test('are all seven sites checked this year, and what is built?', async () => {
    const { jobcenter, measures } = await on('2018-12-31');
    expect(jobcenter.sites).toHaveLength(7);
    expect(jobcenter.accessibility).toMatchObject({ sites: 7, assessed: 7 });
    const { notMet, done, open, costCents, openCostCents } = jobcenter.accessibility;
    expect(notMet).toBeGreaterThan(0);
    expect(done).toBeGreaterThan(0);
    expect(open).toBeGreaterThanOrEqual(0);
    expect(costCents).toBeGreaterThanOrEqual(openCostCents);
    expect(costCents % 1).toBe(0);
    const checked = measures.find(({ indicator }) => indicator === 'SITES_ASSESSED');
    expect(checked).toMatchObject({ field: 'ACCESSIBILITY', target: 100, dueOn: '2018-12-31' });
    expect(checked?.progress).toMatchObject({ value: 100, share: 1, light: 'GREEN' });
  });

  test('is the network for these illnesses put in order, and whom is there to work with?', async () => {
    const { measures } = await on('2019-06-30');
    const network = measures.filter(({ field }) => field === 'NETWORK');
    expect(network).not.toHaveLength(0);
    expect(network[0]?.progress.rule).not.toBe('');
    for (const category of ['addiction-counselling', 'psychosocial-counselling']) {
      const query = `{ network(slug: "bochum") { partners(first: 100) { nodes {
        services(filter: { categories: ["${category}"] }) { totalCount } } } } }`;
      const { partners } = (await hub.ask(null, query)).network;
      expect(
        partners.nodes.filter((one: { services: { totalCount: number } }) => one.services.totalCount > 0),
      ).not.toHaveLength(0);
    }
  });

  test('was a goal set too high? The plan says so by itself, for everybody to read', async () => {
    const { plan } = await on('2019-12-31', null);
    expect(plan.published).toBe(true);
    for (const one of plan.targetsReached) {
      expect(one.rule).not.toBe('');
      if (one.reached !== null && one.reached >= one.target) expect(one.setTooHigh).toBe(false);
    }
    const { green, yellow, red, grey } = plan.lights;
    expect(green + yellow + red + grey).toBe(plan.measures.length);
  });
});

test('the whole page of a network’s plans costs no more than is allowed, at its usual sizes', async () => {
  const WHOLE = (first: string) => `{ actionPlans${first} { totalCount pageInfo { hasNextPage } nodes {
    id title from until adoptedOn closedOn published network { slug name } accession { id status }
    lights { green yellow red grey } targetsReached { target reached setTooHigh rule measure { id } }
    measures { id title target dueOn status needs { code } partner { name } category { code } nextReviewOn
      services { id name partner { name } } progress { value share light } targetReached { setTooHigh }
      readings { nodes { readOn value } pageInfo { endCursor } } reviews { nodes { reviewedOn decision } } } } } }`;
  const { actionPlans } = await hub.ask(BOCHUM, WHOLE('(filter: { network: "bochum" })'));
  const lists = actionPlans.nodes.flatMap((plan: { measures: { readings: { nodes: object[] } }[] }) =>
    plan.measures.map(({ readings }) => readings.nodes.length),
  );
  expect(Math.max(...lists)).toBe(5); // of more
  const { errors } = await hub.answer(BOCHUM, WHOLE('(first: 20)'));
  expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }]);
});

test('what is assessed at a site is what the finder knows of it, and what nobody assessed it does not', async () => {
  const SITES = `{ network(slug: "bochum") { jobcenter { sites { id
    accessibility { feature state assessedOn } latestAssessment { assessedOn verdicts { feature state } } } } } }`;
  const { sites } = (await hub.ask(BOCHUM, SITES)).network.jobcenter;
  expect(sites).toHaveLength(7);
  for (const { accessibility, latestAssessment } of sites) {
    expect(accessibility.map((one: { state: string }) => one.state)).toContain('YES');
    for (const { feature, state, assessedOn } of accessibility) {
      const verdict = latestAssessment.verdicts.find((one: { feature: string }) => one.feature === feature);
      const known = verdict && verdict.state !== 'UNKNOWN';
      if (known)
        expect({ state, assessedOn }).toEqual({ state: verdict.state, assessedOn: latestAssessment.assessedOn });
      else expect(state).not.toBe('YES');
    }
  }
});
