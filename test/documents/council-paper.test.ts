import { describe, expect, test } from 'vitest';
import { inDays } from '../story/steps.js';
import { demoHub } from '../support/demo-hub.js';

const hub = demoHub('documents_council_paper');

/** A Kreis reports to its council in 2018: how far is the accession of its Jobcenter to the framework agreement? */
const ACCESSION = `query ($on: LocalDate) {
  frameworkAgreement(slug: "nrw-inklusiv-2018") {
    initiative joinableUntil parties { name role }
  }
  accessions(filter: { network: "unna" }) { nodes {
    deadline status(on: $on) submittedOn accededOn
    missing(on: $on) { what text daysLeft }
    consents { kind name result decidedOn }
    catalogueOn catalogue { text goal }
    resolutions { body kind fileNumber resolvedOn }
    logoFrom logoUntil mayUseLogo(on: $on)
  } }
}`;

const on = async (day: string, persona: string | null = 'coordinator-unna') => {
  const { accessions } = await hub.ask(persona, ACCESSION, { on: day });
  return accessions.nodes[0];
};
const missingOn = async (day: string) => (await on(day)).missing.map((one: { what: string }) => one.what);

describe('a council paper asks', () => {
  test('what was agreed in Düsseldorf, by whom, and until when can a Jobcenter accede?', async () => {
    const { frameworkAgreement } = await hub.ask(null, ACCESSION);
    expect(frameworkAgreement).toMatchObject({ initiative: 'NRW inklusiv', joinableUntil: '2018-05-14' });
    expect(frameworkAgreement.parties.map((party: { role: string }) => party.role).sort()).toEqual([
      'EMPLOYMENT_AGENCY',
      'MUNICIPAL_ASSOCIATION',
      'MUNICIPAL_ASSOCIATION',
      'STATE_MINISTRY',
    ]);
  });

  test('have both bodies agreed, and where does it stand?', async () => {
    const { consents, resolutions } = await on('2018-05-14');
    expect(consents).toMatchObject([
      { kind: 'MUNICIPAL_BODY', result: 'AGREED', decidedOn: '2018-03-27' },
      { kind: 'EMPLOYMENT_AGENCY', result: 'AGREED', decidedOn: '2018-05-07' },
    ]);
    expect(resolutions).toContainEqual(expect.objectContaining({ kind: 'NOTICE', fileNumber: '50/2639/XVI/2018' }));
    expect(resolutions).toContainEqual(
      expect.objectContaining({ kind: 'CIRCULAR', fileNumber: 'Nr. 151/18', resolvedOn: '2018-03-12' }),
    );
  });

  test('what is missing until the deadline, on each day of that spring?', async () => {
    expect(await missingOn('2018-03-26')).toEqual(['MUNICIPAL_CONSENT', 'AGENCY_CONSENT', 'CATALOGUE', 'SUBMISSION']);
    expect(await missingOn('2018-03-27')).toEqual(['AGENCY_CONSENT', 'CATALOGUE', 'SUBMISSION']);
    expect(await missingOn('2018-05-06')).toEqual(['AGENCY_CONSENT', 'SUBMISSION']);
    const [submission] = (await on('2018-05-07')).missing;
    expect(submission).toMatchObject({ what: 'SUBMISSION', daysLeft: 7 });
    expect(submission.text).toContain('noch 7 Tage bis zum 14.05.2018');
    expect(await missingOn('2018-05-12')).toEqual(['CONFIRMATION']);
    expect(await missingOn('2018-05-14')).toEqual([]);
  });

  test('is there a catalogue of measures, with goals?', async () => {
    const { catalogue, catalogueOn } = await on('2018-05-14');
    expect(catalogueOn <= '2018-05-07').toBe(true);
    expect(catalogue.length).toBeGreaterThanOrEqual(3);
    for (const { text, goal } of catalogue) expect([text, goal].every(words => words.length > 10)).toBe(true);
  });

  test('did it come in time, and since when may the Jobcenter show the logo?', async () => {
    const then = await on('2018-05-14');
    expect(then).toMatchObject({ status: 'ACCEDED', deadline: '2018-05-14', accededOn: '2018-05-14' });
    expect(then.submittedOn <= then.deadline).toBe(true);
    expect((await on('2018-05-13')).mayUseLogo).toBe(false);
    expect((await on(then.logoFrom)).mayUseLogo).toBe(true);
  });
});

describe('the next accession, before its deadline', () => {
  const NETWORK = 'wuppertal';
  const COORDINATOR = 'coordinator-wuppertal';

  test('is prepared, told what is missing, hidden from others, submitted and confirmed', async () => {
    const { frameworkAgreements } = await hub.ask(
      null,
      '{ frameworkAgreements(first: 100) { nodes { slug joinableUntil } } }',
    );
    const today = inDays(0);
    const open = frameworkAgreements.nodes.find(
      (one: { joinableUntil: string | null }) => one.joinableUntil === null || one.joinableUntil > today,
    );
    const PREPARE = `mutation ($input: AccessionPrepareInput!) {
      accessionPrepare(input: $input) { accession { id missing { what daysLeft } } userErrors { code path } } }`;
    const accession = await hub.act(COORDINATOR, PREPARE, { input: { agreement: open.slug, network: NETWORK } });
    expect(accession.missing).toHaveLength(4);
    expect(accession.missing.every((one: { daysLeft: number }) => one.daysLeft > 0)).toBe(true);

    const SEEN = 'query ($id: ID!) { accession(id: $id) { id } }';
    for (const persona of [null, 'coordinator-aachen', 'caseworker-aachen'])
      expect(await hub.ask(persona, SEEN, { id: accession.id })).toEqual({ accession: null });

    const SUBMIT = `mutation ($id: ID!, $on: LocalDate!) {
      accessionSubmit(id: $id, on: $on) { accession { status } userErrors { code message } } }`;
    const early = await hub.ask(COORDINATOR, SUBMIT, { id: accession.id, on: today });
    expect(early.accessionSubmit.userErrors).toHaveLength(3);

    const CONSENT = `mutation ($id: ID!, $input: AccessionConsentInput!) {
      accessionConsentRecord(id: $id, input: $input) { accession { id } userErrors { code path } } }`;
    for (const [kind, name] of [
      ['MUNICIPAL_BODY', 'Stadt Wuppertal'],
      ['EMPLOYMENT_AGENCY', 'Agentur für Arbeit Solingen-Wuppertal'],
    ])
      await hub.act(COORDINATOR, CONSENT, {
        id: accession.id,
        input: { kind, name, result: 'AGREED', decidedOn: today, fileNumber: 'W 17' },
      });
    const EDIT = `mutation ($id: ID!, $input: AccessionEditInput!) {
      accessionEdit(id: $id, input: $input) { accession { missing { what } } userErrors { code path } } }`;
    const catalogue = [{ text: 'Ansprechstellen in allen Häusern', goal: 'Fünf bis Jahresende' }];
    const ready = await hub.act(COORDINATOR, EDIT, { id: accession.id, input: { catalogue, catalogueOn: today } });
    expect(ready.missing.map((one: { what: string }) => one.what)).toEqual(['SUBMISSION']);
    expect(await hub.act(COORDINATOR, SUBMIT, { id: accession.id, on: today })).toEqual({ status: 'SUBMITTED' });
  });
});
