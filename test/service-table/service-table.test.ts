import { beforeEach, describe, expect, test } from 'vitest';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { anonymous } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { anotherService } from '../support/more-services.js';

const hub = testHub('service_table');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  world = await hub.given();
});

const RESULT = `rows { row outcome service { id name version status languages categories { code } serviceArea { key } locations { id }
    minimumAge interpretation deliveryModes intakePausedUntil description feedbackLevel }
  userErrors { code message path currentVersion conflicts { field current yours } } } userErrors { code message path }`;
const EDIT = `mutation ($edits: [ServiceEditInput!]!) { servicesUpdate(edits: $edits) { ${RESULT} } }`;
const IMPORT = `mutation ($partner: ID!, $csv: String!, $dryRun: Boolean) {
  servicesImportCsv(partner: $partner, csv: $csv, dryRun: $dryRun) { ${RESULT} } }`;
const EXPORT = `query ($partner: ID!, $delimiter: CsvDelimiter) { servicesCsv(partner: $partner, delimiter: $delimiter) }`;

const table = async (viewer = world.partner, more: object = {}): Promise<string> =>
  (await hub.as(viewer, EXPORT, { partner: world.anker.id, ...more })).data.servicesCsv;
const taken = async (csv: string, more: object = {}, viewer = world.partner) =>
  (await hub.as(viewer, IMPORT, { partner: world.anker.id, csv, ...more })).data.servicesImportCsv;
const stored = () => hub.owner().execute('select * from service where partner_id = ? order by id', [world.anker.id]);
const revisions = async () => (await hub.owner().execute('select from revision')).length;

describe('many edits', () => {
  test('each has its result, and one that is refused keeps none of the others from being stored', async () => {
    const other = await anotherService(hub, world, { level: FeedbackLevel.STATUS });
    const strange = await anotherService(hub, world, { of: 'brücke' });
    const { id } = world.service;
    const edits = [
      { id, input: { name: 'Neu', languages: ['de', 'uk'] } },
      { id: other, input: { minimumAge: 70, maximumAge: 18 } },
      { id: strange, input: { name: 'Fremd' } },
      { id: other.toUpperCase(), input: { name: 'Zweimal' } },
    ];
    const { data } = await hub.as(world.partner, EDIT, { edits });
    expect(data.servicesUpdate.userErrors).toEqual([]);
    expect(data.servicesUpdate.rows).toMatchObject([
      { row: 0, outcome: 'CHANGED', service: { id, name: 'Neu', version: world.service.version + 1 }, userErrors: [] },
      { row: 1, outcome: 'REFUSED', service: { id: other }, userErrors: [{ code: 'DUPLICATE' }] },
      { row: 2, outcome: 'REFUSED', service: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] },
      { row: 3, outcome: 'REFUSED', service: { id: other }, userErrors: [{ code: 'DUPLICATE' }] },
    ]);
  });

  test('what is wrong is told at its field, and a stale edit with both values', async () => {
    const other = await anotherService(hub, world);
    const { id, version } = world.service;
    const edits = [
      { id, input: { name: 'Neu' }, expectedVersion: version + 5 },
      { id: other, input: { minimumAge: 70, maximumAge: 18, email: 'keine' } },
    ];
    const before = await stored();
    const { data } = await hub.as(world.partner, EDIT, { edits });
    expect(data.servicesUpdate.rows[0].userErrors).toMatchObject([
      {
        code: 'VERSION_CONFLICT',
        currentVersion: version,
        conflicts: [{ field: 'name', current: 'Beratung', yours: 'Neu' }],
      },
    ]);
    expect(data.servicesUpdate.rows[1].userErrors.map(({ path }: { path: string[] }) => path)).toEqual([
      ['email'],
      ['maximumAge'],
    ]);
    expect(await stored()).toEqual(before);
  });

  test('a repetition under the same key is told the same, without a second effect', async () => {
    const body = { query: EDIT, variables: { edits: [{ id: world.service.id, input: { name: 'Einmal' } }] } };
    const first = await hub.ask(world.partner, body, { 'idempotency-key': 'viele' });
    const count = await revisions();
    const second = await hub.ask(world.partner, body, { 'idempotency-key': 'viele' });
    expect(second.text).toBe(first.text);
    expect(await revisions()).toBe(count);
  });

  test('a hundred take as many statements as two', async () => {
    const ids = [world.service.id];
    for (let i = 0; i < 29; i++) ids.push(await anotherService(hub, world));
    const run = (many: number, name: string) =>
      hub.statements(() =>
        hub.as(world.partner, EDIT, { edits: ids.slice(0, many).map(id => ({ id, input: { name } })) }),
      );
    const [few, many] = [await run(2, 'Zwei'), await run(30, 'Dreißig')];
    expect(many.length).toBe(few.length);
  });
});

describe('a table', () => {
  test('says what there is in German, and comes back without a change', async () => {
    const csv = await table();
    expect(csv.startsWith('\ufeff"Kennung"') || csv.startsWith('\ufeffKennung')).toBe(true);
    expect(csv).toContain('aktiv;');
    expect(csv).toContain('Jobcoaching');
    expect(csv).toContain('Deutsch');
    const { rows, userErrors } = await taken(csv);
    expect(userErrors).toEqual([]);
    expect(rows).toMatchObject([{ row: 2, outcome: 'UNCHANGED', service: { id: world.service.id } }]);
  });

  test('of every field that it holds comes back as it was', async () => {
    const edits = [
      {
        id: world.service.id,
        input: {
          description: '=1+1\nzweite Zeile; "mit" Zeichen \n',
          languages: ['de', 'uk', 'pt-BR'],
          needs: ['debt', 'refugee'],
          categories: ['job-coaching', 'language-course'],
          deliveryModes: ['ON_SITE', 'PHONE'],
          interpretation: true,
          minimumAge: 0,
          maximumAge: 27,
          intakePausedUntil: '2099-02-01',
          serviceArea: [world.home.key, '05'],
          email: 'a@b.example',
          phone: '+49 234 1',
          howToApply: '-',
        },
      },
    ];
    await hub.as(world.partner, EDIT, { edits });
    const before = await stored();
    for (const delimiter of ['SEMICOLON', 'COMMA']) {
      const { rows } = await taken(await table(world.partner, { delimiter }));
      expect(rows).toMatchObject([{ outcome: 'UNCHANGED', userErrors: [] }]);
    }
    expect(await stored()).toEqual(before);
  });

  test('changes, empties and adds; columns and services that are not in it stay', async () => {
    const { id } = world.service;
    const other = await anotherService(hub, world);
    const csv = [
      'Kennung;Name;Beschreibung;Sprachen;Rückmeldestufe;Angebotsarten;Mindestalter',
      `${id};Neuer Name;;Deutsch | uk;Stand;Sprachkurs | job-coaching;16`,
      ';Ganz neu;Text;Ukrainisch;keine Rückmeldung;Jobcoaching;',
    ].join('\r\n');
    const { rows, userErrors } = await taken(csv);
    expect(userErrors).toEqual([]);
    expect(rows).toMatchObject([
      { row: 2, outcome: 'CHANGED', service: { id, name: 'Neuer Name', minimumAge: 16, feedbackLevel: 'STATUS' } },
      { row: 3, outcome: 'CREATED', service: { name: 'Ganz neu', version: 1, languages: ['uk'] } },
    ]);
    expect(rows[0].service.languages.sort()).toEqual(['de', 'uk']);
    expect(rows[0].service.serviceArea).toHaveLength(1);
    expect((await stored()).map((row: { id?: string }) => row.id)).toContain(other);
  });

  test('with bad rows keeps the good ones, and names every fault', async () => {
    const csv = [
      'Kennung,Version,Name,Sprachen,Mindestalter,Angebotsarten,Rückmeldestufe,Status',
      `${world.service.id},1,Gut,Deutsch,,Jobcoaching,Stand,aktiv`,
      ',,Neu,Klingonisch,alt,Nichts,vielleicht,aktiv',
      'keine-kennung,,Fremd,Deutsch,,Jobcoaching,Stand,aktiv',
      ',,Zu wenig',
    ].join('\n');
    const { rows } = await taken(csv);
    expect(rows.map(({ row, outcome }: { row: number; outcome: string }) => [row, outcome])).toEqual([
      [2, 'CHANGED'],
      [3, 'REFUSED'],
      [4, 'REFUSED'],
      [5, 'REFUSED'],
    ]);
    expect(rows[1].userErrors.map(({ path }: { path: string[] }) => path[0]).sort()).toEqual([
      'categories',
      'feedbackLevel',
      'languages',
      'minimumAge',
    ]);
    expect(rows[2].userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('tells its faults in German, under the heading of the column, with what may be meant', async () => {
    const csv = [
      'Name;Aufnahmestopp bis;Angebotsarten;Rückmeldestufe;Zugangswege;Beschreibung;Mindestalter',
      'Eins;32.12.26;Sprachkurse;Status;vor Ort;Text;alt',
      'Zwei;31.12.26;Coaching;RECEIVED_ONLY;per Post;B\ufffdrse;18',
      'Drei;31.12.26;Jobcoaching;;vor Ort;Text;18',
      ';;;;;;',
      'Vier;31.12.2026;Jobcoaching;Stand;vor Ort;=HYPERLINK("https://böse.example");18',
    ].join('\r\n');
    const { rows } = await taken(csv);
    expect(rows.map(({ row }: { row: number }) => row)).toEqual([2, 3, 4, 6]);
    const told = rows.map(({ userErrors }: { userErrors: { message: string }[] }) =>
      userErrors.map(({ message }) => message).join('\n'),
    );
    expect(told[0]).toContain('Aufnahmestopp bis: Das ist kein Tag des Kalenders; hier steht einer wie 31.12.2026.');
    expect(told[0]).toContain('Angebotsarten: „Sprachkurse“ ist nicht bekannt. Ist „Sprachkurs“ gemeint?');
    expect(told[0]).toContain(
      'Rückmeldestufe: Möglich ist: keine Rückmeldung, nur Eingang und Aufnahme, Stand, Stand und Ergebnis.',
    );
    expect(told[0]).toContain('Mindestalter: Hier steht eine ganze Zahl.');
    expect(told[1]).toContain('Angebotsarten: „Coaching“ ist nicht bekannt. Ist „Jobcoaching“ gemeint?');
    expect(told[1]).toMatch(/Beschreibung: Hier gingen Zeichen verloren.*UTF-8/);
    expect(told[1]).not.toContain('Aufnahmestopp');
    expect(told[2]).toContain('Rückmeldestufe: Hier fehlt eine Angabe; möglich ist: keine Rückmeldung');
    expect(told[3]).toContain('Anführungszeichen');
    for (const text of told) expect(text.replaceAll('RECEIVED_ONLY', '')).not.toMatch(/[A-Z]{2,}_[A-Z]|intakePaused/);
  });

  test('under professional secrecy is told so in words', async () => {
    const { rows } = await taken('Name;Angebotsarten;Sprachen;Rückmeldestufe\nNeu;Schuldnerberatung;Deutsch;Stand');
    expect(rows[0].userErrors[0].message).toContain('meldet höchstens „nur Eingang und Aufnahme“ zurück');
  });

  test('with an empty cell where nothing can be empty is refused for that row', async () => {
    const before = await stored();
    const { rows } = await taken(`Kennung;Status\n${world.service.id};`);
    expect(rows).toMatchObject([{ outcome: 'REFUSED', userErrors: [{ code: 'INVALID_INPUT', path: ['status'] }] }]);
    expect(await stored()).toEqual(before);
  });

  test('that is a trial tells the same and leaves all as it is', async () => {
    const csv = `Kennung;Name\n${world.service.id};Probe\n;Neu`;
    const before = [await stored(), await revisions()];
    const { rows } = await taken(csv, { dryRun: true });
    expect(rows).toMatchObject([{ outcome: 'CHANGED' }, { outcome: 'REFUSED' }]);
    expect([await stored(), await revisions()]).toEqual(before);
  });

  test('that is a trial tells of each row what would change, as people read it, of a new one too', async () => {
    const { id } = world.service;
    const csv = [
      'Kennung;Name;Sprachen;Angebotsarten;Rückmeldestufe;Plätze gesamt',
      `${id};Anders;Deutsch | Ukrainisch;Jobcoaching;Stand und Ergebnis;12`,
      ';Ganz neu;Deutsch;Sprachkurs;Stand;8',
      ';Halb neu;Klingonisch;Sprachkurs;Stand;',
    ].join('\n');
    const query = `mutation ($partner: ID!, $csv: String!) { servicesImportCsv(partner: $partner, csv: $csv, dryRun: true) {
      rows { outcome name service { name } changes { field label beforeText after afterText } } } }`;
    const { data, errors } = await hub.as(world.partner, query, { partner: world.anker.id, csv });
    expect(errors).toBeUndefined();
    const [changed, created, refused] = data.servicesImportCsv.rows;
    expect(changed).toMatchObject({ outcome: 'CHANGED', name: 'Anders', service: { name: 'Beratung' } });
    expect(changed.changes).toEqual([
      { field: 'name', label: 'Name', beforeText: 'Beratung', after: 'Anders', afterText: 'Anders' },
      {
        field: 'languages',
        label: 'Sprachen',
        beforeText: 'Deutsch',
        after: ['de', 'uk'],
        afterText: 'Deutsch, Ukrainisch',
      },
      { field: 'total', label: 'Plätze gesamt', beforeText: '1', after: 12, afterText: '12' },
    ]);
    expect(created).toMatchObject({ outcome: 'CREATED', name: 'Ganz neu', service: null });
    expect(
      created.changes.map(({ field, afterText }: { field: string; afterText: string }) => [field, afterText]),
    ).toEqual([
      ['name', 'Ganz neu'],
      ['status', 'aktiv'],
      ['categories', 'Sprachkurs'],
      ['languages', 'Deutsch'],
      ['feedbackLevel', 'Stand'],
      ['total', '8'],
    ]);
    expect(refused).toMatchObject({ outcome: 'REFUSED', name: 'Halb neu', service: null, changes: [] });
  });

  test.each([
    ['no table', 'nichts', 'csv'],
    ['a column that nobody knows', 'Name;Schuhgröße\nA;44', 'csv'],
    ['two columns of one field', 'Name;Telefon;phone\nA;1234;5678', 'csv'],
    ['too many rows', `Name\n${'Angebot\n'.repeat(201)}`, 'csv'],
  ])('%s is refused as a whole', async (_, csv, path) => {
    const before = await stored();
    const { rows, userErrors } = await taken(csv);
    expect(rows).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: [path] }]);
    expect(await stored()).toEqual(before);
  });

  test.each(['stranger', 'caseworker', 'coordinator'] as const)('is not for a %s to write', async who => {
    const viewer = world[who as 'caseworker'];
    const before = await stored();
    const { data, errors } = await hub.as(viewer, IMPORT, { partner: world.anker.id, csv: 'Name\nNeu' });
    const told = errors ? errors[0]!.extensions.code : data.servicesImportCsv.userErrors[0].code;
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain(told);
    expect(await stored()).toEqual(before);
  });

  test('is for everybody to read, like the directory', async () => {
    expect(await table(anonymous)).toContain('Beratung');
    await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [world.anker.id]);
    expect(await table(anonymous)).toBeNull();
    expect((await hub.as(anonymous, EXPORT, { partner: 'nichts' })).data.servicesCsv).toBeNull();
  });

  test('tells nothing of a protected address', async () => {
    await hub.owner().execute('update location set address_protected = true where id = ?', [world.location.id]);
    expect(await table()).not.toContain('Hafenweg');
    expect(await table()).toContain('Heimstadt');
  });
});
