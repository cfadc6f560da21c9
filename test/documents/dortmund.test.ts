import { describe, expect, test } from 'vitest';
import { DRAFT, inDays, OPEN, SEND } from '../story/steps.js';
import { demoHub } from '../support/demo-hub.js';

const hub = demoHub('documents_dortmund');

/** A newspaper asks how publicly subsidised employment does in Dortmund. */
const PROGRAMME = `{
  programme(slug: "aktiv-statt-passiv") {
    title budgetCents funders { name amountCents }
    instruments { code law section name }
    consortium { umbrella { name } members(first: 100, all: true) { nodes { role from until partner { name kinds } } } }
    figures { participantsInAll started completed employed sustained asOf }
    money { placeMonths benefitCents subsidyCents coachingMinutes benefitPerPlace { cents remainder } }
    rounds(first: 100) { nodes {
      number from until intakeFrom intakeUntil places
      fieldsOfWork { code name } services { id name }
      figures { participants completed employed } money { placeMonths benefitCents subsidyCents }
      months(first: 100) { nodes { month places benefitCents subsidyCents coachingMinutes benefitPerPlace { cents remainder } } }
    } }
  }
}`;

interface Money {
  placeMonths: number;
  benefitCents: number;
  subsidyCents: number;
}
interface Month {
  places: number;
  benefitCents: number;
  subsidyCents: number;
  benefitPerPlace: { cents: number; remainder: number } | null;
}
interface Round {
  number: number;
  from: string;
  places: number;
  fieldsOfWork: { code: string; name: string }[];
  services: { id: string }[];
  figures: { participants: number; completed: number | null; employed: number | null };
  money: Money;
  months: { nodes: Month[] };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((all, one) => all + of(one), 0);
const programme = async (persona: string | null = null) => (await hub.ask(persona, PROGRAMME)).programme;

describe('the newspaper asks', () => {
  test('how many rounds since 2013, and how many people so far?', async () => {
    const { rounds, figures } = await programme();
    const all = rounds.nodes as Round[];
    expect(all.map(one => [one.number, one.from.slice(0, 4)])).toEqual([
      [1, '2013'],
      [2, '2014'],
      [3, '2015'],
      [4, '2016'],
    ]);
    expect(figures.participantsInAll).toBe(475);
    expect(sum(all, one => one.figures.participants)).toBe(475);
  });

  test('are these 475 people the referrals that were accepted there?', async () => {
    const { rounds } = await programme();
    const services = [...new Set((rounds.nodes as Round[]).flatMap(one => one.services.map(({ id }) => id)))];
    const COUNT = `query ($service: ID!) {
      all: referrals(filter: { service: $service }) { totalCount }
      ended: referrals(filter: { service: $service, statuses: [COMPLETED, ABORTED] }) { totalCount } }`;
    const counts = await Promise.all(services.map(service => hub.ask('coordinator-dortmund', COUNT, { service })));
    expect(sum(counts, one => one.all.totalCount)).toBeGreaterThanOrEqual(475);
    expect(sum(counts, one => one.ended.totalCount)).toBeGreaterThanOrEqual(475);
  });

  test('in which fields do they work: care, energy, offices?', async () => {
    const { rounds } = await programme();
    for (const { fieldsOfWork } of rounds.nodes as Round[])
      expect(fieldsOfWork).toEqual([
        { code: '342', name: expect.stringContaining('Versorgung') },
        { code: '714', name: expect.stringContaining('Büro') },
        { code: '821', name: expect.stringContaining('pflege') },
      ]);
  });

  test('which instruments of state and federation does it combine, with coaching?', async () => {
    const { instruments, money } = await programme();
    expect(instruments.length).toBeGreaterThanOrEqual(2);
    expect(instruments.map((one: { code: string }) => one.code)).toContain('sgb2-16e');
    expect(money.coachingMinutes).toBeGreaterThan(0);
  });

  test('how much benefit money became wages, per place and month, to the cent?', async () => {
    const { money, rounds } = await programme();
    const all = rounds.nodes as Round[];
    for (const field of ['placeMonths', 'benefitCents', 'subsidyCents'] as const)
      expect(money[field]).toBe(sum(all, one => one.money[field]));
    for (const one of all) {
      const months = one.months.nodes;
      expect(one.money.benefitCents).toBe(sum(months, month => month.benefitCents));
      expect(one.money.placeMonths).toBe(sum(months, month => month.places));
      for (const { places, benefitCents, benefitPerPlace } of months)
        if (benefitPerPlace) expect(benefitPerPlace.cents * places + benefitPerPlace.remainder).toBe(benefitCents);
        else expect(places).toBe(0);
    }
  });

  test('does it lead to a regular job, and does it last?', async () => {
    const { figures } = await programme();
    const { participantsInAll, started, completed, employed, sustained } = figures;
    expect(participantsInAll).toBeGreaterThanOrEqual(started);
    expect(started).toBeGreaterThanOrEqual(completed);
    expect(completed).toBeGreaterThanOrEqual(employed);
    expect(employed).toBeGreaterThanOrEqual(sustained);
    expect(sustained).toBeGreaterThan(0);
  });

  test('who carries it?', async () => {
    const { consortium } = await programme();
    const members = consortium.members.nodes as { role: string; partner: { kinds: string[] } }[];
    expect(consortium.umbrella.name).toBe('Arbeitsgemeinschaft Soziale Betriebe Ostruhr e. V.');
    expect(members.some(({ role }) => role === 'LEAD')).toBe(true);
    expect(members.some(({ partner }) => partner.kinds.includes('WELFARE_ASSOCIATION'))).toBe(true);
    expect(members.filter(({ partner }) => partner.kinds.includes('EMPLOYER')).length).toBeGreaterThanOrEqual(3);
  });
});

describe('a new placement, by the law of today', () => {
  const CASEWORKER = 'caseworker-dortmund';
  const RECORD = `mutation ($input: FundingDecisionInput!) {
    fundingDecisionRecord(input: $input) { fundingDecision { id checks { rule { kind } state text } } userErrors { code path } } }`;
  const FIND = `query ($input: ServiceMatchInput!) { serviceMatches(input: $input, first: 100) { nodes {
    service { id name instruments { instrument { code } required } }
    instruments { instrument { code } required asked accepted source checks { state text } } blockers } } }`;
  const client = { age: 45, benefitMonths: 80 };

  // Before anything is decided today: no decision loses the rules of its day.
  test('follows the rows when the law changes: six years of benefits become four', async () => {
    const input = {
      category: 'subsidised-employment',
      municipality: '05913000',
      age: 45,
      benefitMonths: 60,
      instruments: [{ instrument: 'sgb2-16i' }],
    };
    const count = async () => (await hub.ask(CASEWORKER, FIND, { input })).serviceMatches.nodes.length;
    expect(await count()).toBe(0);
    const VERSIONS =
      '{ instrument(code: "sgb2-16i") { version { id rules { kind years months withinMonths instruments form steps { fromMonth untilMonth percent } } } } }';
    const { version } = (await hub.ask('admin', VERSIONS)).instrument;
    const END =
      'mutation ($id: ID!, $on: LocalDate!) { instrumentVersionEnd(id: $id, on: $on) { instrumentVersion { validTo } userErrors { code path } } }';
    await hub.act('admin', END, { id: version.id, on: inDays(-1) });
    const rules = version.rules.map((rule: { kind: string }) =>
      rule.kind === 'BENEFIT_MONTHS' ? { ...rule, months: 48 } : rule,
    );
    const ADD =
      'mutation ($input: InstrumentVersionInput!) { instrumentVersionAdd(instrument: "sgb2-16i", input: $input) { instrumentVersion { id } userErrors { code path message } } }';
    await hub.act('admin', ADD, {
      input: { rules, source: 'Gesetz zur Änderung des § 16i vom Tag danach', validFrom: inDays(0) },
    });
    expect(await count()).toBeGreaterThan(0);
  });

  test('combines two instruments, is refused until both are decided on, and tells the employer by what it is paid', async () => {
    const input = {
      category: 'subsidised-employment',
      municipality: '05913000',
      ...client,
      instruments: [{ instrument: 'sgb2-16i', durationMonths: 24 }],
    };
    const { serviceMatches } = await hub.ask(CASEWORKER, FIND, { input });
    const match = serviceMatches.nodes.find(
      (one: { instruments: { required: boolean; instrument: { code: string } }[] }) =>
        one.instruments.some(({ required, instrument }) => required && instrument.code === 'sgb2-16i'),
    );
    const own = match.instruments.find((one: { instrument: { code: string } }) => one.instrument.code === 'sgb2-16i');
    expect(own).toMatchObject({ asked: true, accepted: true, source: expect.stringContaining('16i') });
    expect(own.checks.map((one: { state: string }) => one.state)).not.toContain('NOT_MET');

    const refused = await hub.ask(CASEWORKER, FIND, { input: { ...input, benefitMonths: 40 } });
    expect(refused.serviceMatches.nodes).toEqual([]);

    const clientCase = await hub.act(CASEWORKER, OPEN, {
      input: {
        network: 'dortmund',
        municipality: '05913000',
        languages: ['de'],
        birthYear: 1980,
        needs: ['long-term-unemployed'],
      },
    });
    const { id } = await hub.act(CASEWORKER, DRAFT, {
      input: { clientCase: clientCase.id, service: match.service.id, basis: 'STATUTORY_TASK' },
    });
    const send = async () => (await hub.ask(CASEWORKER, SEND, { id })).referralSend.userErrors;
    expect(await send()).toMatchObject([{ code: 'DECISION_MISSING' }]);

    const decided = { clientCase: clientCase.id, decidedOn: inDays(0), validFrom: inDays(0), referral: id };
    const approval = { ...decided, form: 'APPROVAL', validUntil: inDays(800), durationMonths: 24, weeklyHours: 30 };
    const placement = await hub.act(CASEWORKER, RECORD, {
      input: { ...approval, instrument: 'sgb2-16i', benefitMonths: client.benefitMonths },
    });
    expect(placement.checks).toContainEqual({
      rule: { kind: 'SUBSIDY_STEPS' },
      state: expect.any(String),
      text: expect.stringContaining('100 %'),
    });
    await hub.act(CASEWORKER, RECORD, {
      input: { ...decided, form: 'ASSIGNMENT', instrument: 'sgb2-16k', validUntil: inDays(365), weeklyHours: 2 },
    });
    expect(await send()).toEqual([]);
    const PAID =
      'query ($id: ID!) { referral(id: $id) { fundingDecisions { instrument { code } weeklyHours durationMonths } } }';
    const { referral } = await hub.ask(CASEWORKER, PAID, { id });
    expect(
      referral.fundingDecisions.map((one: { instrument: { code: string } }) => one.instrument.code).sort(),
    ).toEqual(['sgb2-16i', 'sgb2-16k']);
  });
});
