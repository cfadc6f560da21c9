import { describe, expect, test } from 'vitest';
import { ACCEPT, CONSENT, DRAFT, inDays, OPEN, REFERRAL, SEND } from '../story/steps.js';
import { demoHub } from '../support/demo-hub.js';

const hub = demoHub('documents_miar');

const MIAR = ['aachen', 'unna', 'wuppertal'];

/** Three Jobcenters begin a model project: with whom, with what money, until when, and what for others? */
const PROJECT = `query ($on: LocalDate) {
  programme(slug: "miar") {
    title goals from until budgetCents
    funders { name source amountCents }
    networks { role network { slug } }
    consortium { name members(on: $on, first: 100) { nodes { role partner { name kinds } } } }
  }
  publications(filter: { programme: "miar" }) { nodes { kind title publishedOn heldOn place network { slug } } }
}`;

const KINDS = ['EMPLOYER', 'TRAINING_PROVIDER', 'WELFARE_ASSOCIATION', 'MUNICIPAL_INSTITUTION'];

const project = (persona: string | null = null) => hub.ask(persona, PROJECT, { on: '2014-06-30' });

describe('the press asks', () => {
  test('what does it cost, who pays, and until when?', async () => {
    const { programme } = await project();
    expect(programme).toMatchObject({ budgetCents: 38_000_000, until: '2014-12-31' });
    expect(programme.funders).toEqual([expect.objectContaining({ amountCents: 38_000_000 })]);
    expect(`${programme.funders[0].name} ${programme.funders[0].source}`).toContain('Europäischer Sozialfonds');
  });

  test('which three Jobcenters, and in which roles?', async () => {
    const { programme } = await project();
    const networks = programme.networks as { role: string; network: { slug: string } }[];
    expect(networks.map(one => one.network.slug).sort()).toEqual(MIAR);
    expect(networks.filter(one => one.role === 'LEAD').map(one => one.network.slug)).toEqual(['aachen']);
    const members = programme.consortium.members.nodes as { role: string; partner: { kinds: string[] } }[];
    const carrying = members.filter(({ role }) => ['LEAD', 'MEMBER'].includes(role));
    expect(carrying).toHaveLength(3);
    for (const { partner } of carrying) expect(partner.kinds).toEqual(['PUBLIC_INSTITUTION']);
  });

  test.each(MIAR)('with which employers, providers, associations and municipal institutions in %s?', async slug => {
    for (const kind of KINDS) {
      const query = `{ network(slug: "${slug}") { partners(filter: { kinds: [${kind}] }) { totalCount } } }`;
      expect((await hub.ask(null, query)).network.partners.totalCount).toBeGreaterThan(0);
    }
  });

  test('what is there for other Jobcenters to take over?', async () => {
    const { publications } = await project('coordinator-dortmund');
    const kinds = publications.nodes.map((one: { kind: string }) => one.kind);
    expect(kinds).toEqual(expect.arrayContaining(['RECOMMENDATION', 'EVENT']));
    const event = publications.nodes.find((one: { kind: string }) => one.kind === 'EVENT');
    expect(event).toMatchObject({ heldOn: '2015-02-04', place: 'Wuppertal' });
    const SEARCH = `{ publications(filter: { query: "handlungsempfehlung", needs: ["addiction"] }) { nodes { title } } }`;
    expect((await hub.ask('caseworker-bochum', SEARCH)).publications.nodes).toHaveLength(1);
  });
});

describe('three networks in one project', () => {
  const FIND = `query ($input: ServiceMatchInput!) { serviceMatches(input: $input, first: 100) { nodes {
    service { id partner { name network { slug } } } sharedUnder { giver { slug } receiver { slug } } } } }`;
  const found = async (persona: string, category: string) => {
    const input = { category, municipality: '05334012' };
    return (await hub.ask(persona, FIND, { input })).serviceMatches.nodes as {
      service: { id: string; partner: { network: { slug: string } } };
      sharedUnder: { giver: { slug: string } } | null;
    }[];
  };

  test('a caseworker in Aachen finds what the others share, and nothing of networks that share nothing', async () => {
    const nodes = await found('caseworker-aachen', 'rehabilitation');
    const foreign = nodes.filter(({ service }) => service.partner.network.slug !== 'aachen');
    expect(foreign).not.toHaveLength(0);
    for (const { service, sharedUnder } of foreign) {
      expect(MIAR).toContain(service.partner.network.slug);
      expect(sharedUnder?.giver.slug).toBe(service.partner.network.slug);
    }
    for (const { service, sharedUnder } of nodes)
      if (service.partner.network.slug === 'aachen') expect(sharedUnder).toBeNull();
  });

  test('what is agreed today is referred today, across the border; the partner alone sees it there', async () => {
    const EDITED =
      '{ viewer { memberships { partner { id services(first: 100) { nodes { id version categories { code } } } } } } }';
    const { viewer } = await hub.ask('partner-wuppertal', EDITED);
    const { partner } = viewer.memberships[0];
    const coaching = partner.services.nodes.find((one: { categories: { code: string }[] }) =>
      one.categories.some(({ code }) => code === 'job-coaching'),
    );
    const UPDATE = `mutation ($id: ID!, $input: ServiceInput!) {
      serviceUpdate(id: $id, input: $input) { service { id } userErrors { code } } }`;
    await hub.act('partner-wuppertal', UPDATE, { id: coaching.id, input: { serviceArea: ['05'] } });
    expect((await found('caseworker-aachen', 'job-coaching')).map(one => one.service.id)).not.toContain(coaching.id);

    const PROPOSE = `mutation ($input: SharingProposeInput!) {
      sharingPropose(input: $input) { sharingAgreement { id status } userErrors { code path } } }`;
    const AGREE = 'mutation ($id: ID!) { sharingAgree(id: $id) { sharingAgreement { status } userErrors { code } } }';
    const input = {
      giver: 'wuppertal',
      receiver: 'aachen',
      partners: [partner.id],
      categories: ['placement'],
      from: inDays(0),
    };
    const agreement = await hub.act('coordinator-wuppertal', PROPOSE, { input });
    expect(agreement.status).toBe('PROPOSED');
    expect((await found('caseworker-aachen', 'job-coaching')).map(one => one.service.id)).not.toContain(coaching.id);
    expect((await hub.ask('coordinator-wuppertal', AGREE, { id: agreement.id })).sharingAgree.userErrors).toHaveLength(
      1,
    );
    await hub.act('coordinator-aachen', AGREE, { id: agreement.id });
    const match = (await found('caseworker-aachen', 'job-coaching')).find(one => one.service.id === coaching.id);
    expect(match?.sharedUnder).toMatchObject({ giver: { slug: 'wuppertal' } });

    const clientCase = await hub.act('caseworker-aachen', OPEN, {
      input: {
        network: 'aachen',
        municipality: '05334012',
        languages: ['de'],
        birthYear: 1990,
        needs: ['long-term-unemployed'],
      },
    });
    await hub.act('caseworker-aachen', CONSENT, {
      input: { clientCase: clientCase.id, service: coaching.id, givenOn: inDays(0), validUntil: inDays(90) },
    });
    const { id } = await hub.act('caseworker-aachen', DRAFT, {
      input: { clientCase: clientCase.id, service: coaching.id, basis: 'CONSENT' },
    });
    await hub.act('caseworker-aachen', SEND, { id });
    await hub.act('partner-wuppertal', ACCEPT, { id });
    const seenBy = async (persona: string) => (await hub.ask(persona, REFERRAL, { id })).referral?.status ?? null;
    expect(await seenBy('caseworker-aachen')).toBe('ACCEPTED');
    expect(await seenBy('partner-wuppertal')).toBe('ACCEPTED');
    expect(await seenBy('coordinator-aachen')).toBe('ACCEPTED');
    for (const persona of ['caseworker-wuppertal', 'coordinator-wuppertal', 'partner-aachen', 'coordinator-unna'])
      expect(await seenBy(persona)).toBeNull();

    const END =
      'mutation ($id: ID!, $on: LocalDate) { sharingEnd(id: $id, lastDay: $on) { sharingAgreement { status } userErrors { code } } }';
    await hub.act('coordinator-aachen', END, { id: agreement.id, on: inDays(0) });
    expect(await seenBy('partner-wuppertal')).toBe('ACCEPTED');
  });
});
