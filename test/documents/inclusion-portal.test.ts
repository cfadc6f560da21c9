import { describe, expect, test } from 'vitest';
import { demoHub } from '../support/demo-hub.js';

const hub = demoHub('documents_inclusion_portal');

const MIAR = ['aachen', 'wuppertal', 'unna'];
const coordinatorOf = (network: string) => `coordinator-${network}`;

/** Five questions that three Jobcenters asked themselves; each is one query. */
const CLIENTS = `query ($network: String!, $need: ID!) {
  network(slug: $network) { estimatedDemand(share: "disability-or-health") {
    recipients people uncounted share { share isFloor source asOf } } }
  networkByNeed(need: $need, networks: [$network]) { openCases { cases allCases countedOn } }
}`;

const NETWORKS = `query ($need: ID!) { networkByNeed(need: $need) {
  network { slug } partnerCount serviceCount places { services total free }
  partners(first: 100) { nodes { id name } totalCount } services(first: 100) { nodes { needs { code } } totalCount }
  lastContact { confirmedOn answeredOn } knowledge { topic { code } staff declared trained used }
  staffContacts { team function } gaps { category { code } open events } measures(first: 5) { nodes { title } }
} }`;

const KNOWLEDGE = `query ($network: String!, $on: LocalDate, $need: ID!) {
  knowledge(network: $network, topics: ["severe-disability", "rehabilitation"], on: $on) {
    topics { topic { code } staff declared trained trainedShare used teams reported }
    teams(first: 100) { nodes { team { name staff } topics { topic { code } declared trained used } } }
  }
  whoKnows(network: $network, need: $need) {
    teams { team { name } contacts { function } knows share } services { service { name } contacts { function } }
  }
}`;

const GOALS = `query ($on: LocalDate) { actionPlans(first: 100) { nodes {
  network { slug } title targetsReached(on: $on) { measure { title } target reached forecast setTooHigh rule }
} } }`;

const DEFICITS = `query ($network: String!) {
  selfAuditTrend(network: $network, questionnaire: "miar") {
    question { code text lowest highest } years { year mean lowest highest teams } change }
  coverage(input: { networks: [$network], category: "disability-counselling", demandShare: "disability-or-health" }) {
    rows { municipality { key } demand services status } gaps { municipality { name } demand } gini }
}`;

describe('the Jobcenters of the model project ask', () => {
  test('what do we know about people with a disability or an impairment who are with us?', async () => {
    for (const network of MIAR) {
      const ask = { network, need: 'severe-disability' };
      const told = await hub.ask(coordinatorOf(network), CLIENTS, ask);
      const { recipients, people, share } = told.network.estimatedDemand;
      expect(share).toMatchObject({ share: 0.3, isFloor: true, source: expect.stringContaining('IAB') });
      expect(people).toBe(Math.round(recipients * 0.3));
      const { cases, allCases } = told.networkByNeed[0].openCases;
      expect(allCases).toBeGreaterThanOrEqual(5);
      expect(cases === null || (cases >= 5 && cases <= allCases)).toBe(true);

      const [other] = MIAR.filter(one => one !== network);
      for (const persona of [null, coordinatorOf(other!), 'caseworker-aachen', 'admin']) {
        const { networkByNeed } = await hub.ask(persona, CLIENTS, ask);
        expect(networkByNeed[0].openCases).toBeNull();
      }
    }
  });

  test('which networks are there that we can use?', async () => {
    for (const need of ['mental-illness', 'addiction', 'severe-disability']) {
      const { networkByNeed } = await hub.ask(coordinatorOf('aachen'), NETWORKS, { need });
      const slugs = networkByNeed.map((one: { network: { slug: string } }) => one.network.slug);
      expect(slugs).toEqual(expect.arrayContaining(MIAR));
      for (const one of networkByNeed) {
        expect(one.partners.totalCount).toBe(one.partnerCount);
        expect(one.services.totalCount).toBe(one.serviceCount);
        for (const service of one.services.nodes)
          expect(service.needs.map(({ code }: { code: string }) => code)).toContain(need);
        expect(one.places.free).toBeLessThanOrEqual(one.places.total);
        const own = one.network.slug === 'aachen';
        expect([one.gaps, one.knowledge, one.staffContacts, one.lastContact].map(part => part !== null)).toEqual(
          Array(4).fill(own),
        );
      }
      const aachen = networkByNeed.find((one: { network: { slug: string } }) => one.network.slug === 'aachen');
      expect(aachen.partnerCount).toBeGreaterThan(0);
      expect(aachen.lastContact.confirmedOn).not.toBeNull();
    }
  });

  test('how much do our staff know about severe disability and rehabilitation, and whom can I ask?', async () => {
    const ask = async (on: string) =>
      hub.ask('caseworker-aachen', KNOWLEDGE, { network: 'aachen', on, need: 'severe-disability' });
    const [before, after] = [await ask('2013-01-01'), await ask('2014-12-31')];
    for (const [i, topic] of after.knowledge.topics.entries()) {
      expect(topic.trained).toBeGreaterThan(before.knowledge.topics[i].trained);
      expect(topic.trainedShare).toBeCloseTo(topic.trained / topic.staff, 9);
      const perTeam = after.knowledge.teams.nodes.flatMap(
        (one: { topics: { topic: { code: string }; trained: number }[] }) =>
          one.topics.filter(known => known.topic.code === topic.topic.code).map(known => known.trained),
      );
      expect(perTeam.reduce((sum: number, one: number) => sum + one, 0)).toBe(topic.trained);
    }
    const functions = after.whoKnows.teams.flatMap((one: { contacts: { function: string }[] }) =>
      one.contacts.map(contact => contact.function),
    );
    expect(functions).toContain('Ansprechstelle Schwerbehinderung und Reha');
    const foreign = await hub.answer('caseworker-wuppertal', KNOWLEDGE, { network: 'aachen', need: 'addiction' });
    expect(foreign.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('which ways can we go, and where are our goals set too high?', async () => {
    const { actionPlans } = await hub.ask(null, GOALS, { on: '2020-01-31' });
    const targets = actionPlans.nodes.flatMap((plan: { targetsReached: object[] }) => plan.targetsReached);
    const tooHigh = targets.filter((one: { setTooHigh: boolean }) => one.setTooHigh);
    expect(tooHigh).not.toHaveLength(0);
    expect(tooHigh.length).toBeLessThan(targets.length);
    for (const { reached, target, rule } of tooHigh) {
      expect(reached).toBeLessThan(target);
      expect(rule).toContain('zu hoch');
    }
  });

  test('where are the deficits, and do they shrink?', async () => {
    for (const network of MIAR) {
      const { selfAuditTrend, coverage } = await hub.ask(coordinatorOf(network), DEFICITS, { network });
      expect(selfAuditTrend.map((one: { question: { code: string } }) => one.question.code)).toEqual([
        'clients',
        'networks',
        'staff-knowledge',
        'ways-and-goals',
        'deficits',
      ]);
      for (const { years, change, question } of selfAuditTrend) {
        expect(years.map((one: { year: number }) => one.year)).toEqual([2013, 2014]);
        expect(change).toBeCloseTo(years[1].mean - years[0].mean, 9);
        for (const { mean } of years) expect(mean >= question.lowest && mean <= question.highest).toBe(true);
      }
      const weak = coverage.rows.filter((row: { status: string }) => row.status !== 'COVERED');
      expect(weak.length).toBeGreaterThanOrEqual(coverage.gaps.length);
      const foreign = await hub.answer(null, DEFICITS, { network });
      expect(foreign.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    }
  });
});
