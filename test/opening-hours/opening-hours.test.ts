import { afterEach, describe, expect, test } from 'vitest';
import {
  Attendance,
  exceptionOf,
  type OpeningHours,
  ruleOf,
  storedHours,
  WEEK,
  Weekday,
} from '../../src/opening-hours/opening-hours.rules.js';
import { ANONYMOUS } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('opening_hours');
afterEach(() => hub.setNow(undefined));

const OFFICE: OpeningHours = {
  rules: [
    ruleOf({ days: WEEK.slice(0, 5).map(weekday => ({ weekday, ordinal: null })), opens: '09:00', closes: '16:00' }),
    ruleOf({
      days: [{ weekday: Weekday.MONDAY, ordinal: null }],
      opens: '14:00',
      closes: '18:00',
      attendance: Attendance.PHONE,
    }),
  ],
  exceptions: [exceptionOf({ from: '2026-12-24', until: '2026-12-31', reason: 'Betriebsferien' })],
};

async function keep(table: 'location' | 'service', id: string, hours: OpeningHours): Promise<void> {
  await hub
    .owner()
    .execute(`update ${table} set opening_hours = ? where id = ?`, [JSON.stringify(storedHours(hours)), id]);
}

/** A world whose service has the office's hours and lies in a municipality of that state. */
async function office(key: string) {
  const world = await hub.given();
  await hub.owner().execute(
    `insert into municipality (key, name, district_key, district_name, latitude, longitude) values (?, 'Ort', ?, 'Kreis', 51, 7)
     on conflict do nothing`,
    [key, key.slice(0, 5)],
  );
  await hub.owner().execute('update location set municipality_key = ? where id = ?', [key, world.location.id]);
  await keep('service', world.service.id, OFFICE);
  await keep('location', world.location.id, OFFICE);
  return world;
}

const ask = async (id: string, fields: string) =>
  (await hub.as(ANONYMOUS, `query ($id: ID!) { service(id: $id) { openingHours { ${fields} } } }`, { id })).data.service
    .openingHours;

describe('opening hours of a service', () => {
  test('are its rules and exceptions, in words and by the clock', async () => {
    const { service } = await office('05334000');
    hub.setNow(new Date('2026-11-16T15:00:00+01:00'));
    const hours = await ask(
      service.id,
      `rules { frequency interval days { weekday ordinal } opens closes onHolidays attendance note validFrom anchor }
       exceptions { from until weekdays hours { opens } reason }
       text english: text(language: "en") openNow byVideo: openNow(attendance: [VIDEO])
       night: openAt(at: "2026-11-16T22:00:00Z")
       nextOpening { startsAt endsAt attendance }`,
    );
    expect(hours.rules).toMatchObject([
      {
        frequency: 'WEEKLY',
        interval: 1,
        opens: '09:00',
        closes: '16:00',
        onHolidays: 'CLOSED',
        attendance: 'OPEN_DOOR',
      },
      { days: [{ weekday: 'MONDAY', ordinal: null }], attendance: 'PHONE' },
    ]);
    expect(hours.exceptions).toEqual([
      { from: '2026-12-24', until: '2026-12-31', weekdays: [], hours: [], reason: 'Betriebsferien' },
    ]);
    expect(hours).toMatchObject({
      text: 'Mo–Fr 9–16 Uhr; telefonisch Mo 14–18 Uhr; an Feiertagen geschlossen',
      english: 'Mon–Fri 09:00–16:00; by phone Mon 14:00–18:00; closed on public holidays',
      openNow: true,
      byVideo: false,
      night: false,
      nextOpening: {
        startsAt: '2026-11-17T08:00:00.000Z',
        endsAt: '2026-11-17T15:00:00.000Z',
        attendance: 'OPEN_DOOR',
      },
    });
  });

  test('become openings, with holidays and exceptions applied and named', async () => {
    const { service } = await office('05334000');
    const { openings, phone, specialDays } = await ask(
      service.id,
      `openings(from: "2026-12-21", until: "2027-01-04") { startsAt attendance exception holiday notes }
       phone: openings(from: "2026-12-21", until: "2027-01-04", attendance: [PHONE]) { startsAt }
       specialDays(from: "2026-12-23", until: "2027-01-04") { day holiday(language: "en") exception { reason } closed }`,
    );
    expect(openings.map((one: { startsAt: string }) => one.startsAt.slice(0, 10))).toEqual([
      '2026-12-21',
      '2026-12-21',
      '2026-12-22',
      '2026-12-23',
      '2027-01-04',
      '2027-01-04',
    ]);
    expect(phone).toHaveLength(2);
    expect(specialDays).toHaveLength(9);
    expect(specialDays[1]).toEqual({
      day: '2026-12-25',
      holiday: 'Christmas Day',
      exception: { reason: 'Betriebsferien' },
      closed: true,
    });
    expect(specialDays[8]).toMatchObject({
      day: '2027-01-01',
      holiday: "New Year's Day",
      exception: null,
      closed: true,
    });
  });

  test.each([
    ['05334000', 0],
    ['11000000', 1],
  ])('keep the holidays of where its location lies: %s', async (key, open) => {
    const { service, location } = await office(key);
    const corpusChristi = 'openings(from: "2026-06-04", until: "2026-06-04") { startsAt }';
    expect((await ask(service.id, corpusChristi)).openings).toHaveLength(open);
    const query = `query ($id: ID!) { node(id: $id) { ... on Location { openingHours { ${corpusChristi} } } } }`;
    const { data } = await hub.as(ANONYMOUS, query, { id: location.id });
    expect(data.node.openingHours.openings).toHaveLength(open);
  });

  test('without a location keep those of its partner’s, without that of its area, else of North Rhine-Westphalia', async () => {
    const { service, location } = await office('11000000');
    const em = hub.owner();
    const open = async () => (await ask(service.id, 'openAt(at: "2026-06-04T10:00:00+02:00")')).openAt;
    await em.execute('delete from service_location where service_id = ?', [service.id]);
    expect(await open()).toBe(true);
    await em.execute('delete from location where id = ?', [location.id]);
    await em.execute(`update service_area set area_key = '12' where service_id = ?`, [service.id]);
    expect(await open()).toBe(true);
    await em.execute('delete from service_area where service_id = ?', [service.id]);
    expect(await open()).toBe(false);
  });

  test('that tell nothing leave it open whether it is open', async () => {
    const { service } = await hub.given();
    expect(
      await ask(
        service.id,
        'rules { opens } text openNow nextOpening { startsAt } openings(from: "2026-06-01", until: "2026-06-07") { startsAt }',
      ),
    ).toEqual({ rules: [], text: null, openNow: null, nextOpening: null, openings: [] });
  });

  test.each([
    ['openings(from: "2026-06-02", until: "2026-06-01") { startsAt }', 'until'],
    ['openings(from: "2026-01-01", until: "2026-03-04") { startsAt }', 'until'],
    ['specialDays(from: "2026-01-01", until: "2026-03-04") { day }', 'until'],
    ['openings(from: "1989-12-31", until: "1990-01-01") { startsAt }', 'from'],
    ['openings(from: "2100-12-31", until: "2101-01-01") { startsAt }', 'until'],
    ['openAt(at: "9999-12-31T23:59:59Z")', 'at'],
  ])('are not asked for days out of bounds: %s', async (field, argument) => {
    const { service } = await office('05334000');
    const query = `query ($id: ID!) { service(id: $id) { openingHours { ${field} } } }`;
    const { errors } = await hub.as(ANONYMOUS, query, { id: service.id });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  test('of 62 days are told', async () => {
    const { service } = await office('05334000');
    const { openings } = await ask(service.id, 'openings(from: "2026-01-01", until: "2026-03-03") { startsAt }');
    expect(openings.length).toBeGreaterThan(40);
  });

  test('of a page of services take one statement more', async () => {
    const { network } = await office('05334000');
    const query = `query ($network: String!) { services(network: $network) { nodes { openingHours { openNow text } } } }`;
    const variables = { network: network.slug };
    const statements = await hub.statements(() => hub.as(ANONYMOUS, query, variables));
    expect(statements.filter(one => one.includes('service_location'))).toHaveLength(1);
    const without = await hub.statements(() => hub.as(ANONYMOUS, query.replace('openNow text', 'text'), variables));
    expect(statements).toHaveLength(without.length + 1);
  });
});
