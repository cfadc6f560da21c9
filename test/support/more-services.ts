import type { Given, given } from './given.js';
import type { TestHub } from './hub.js';

type World = Awaited<ReturnType<typeof given>>;

interface Wish extends Pick<Given, 'level' | 'keepsWaitingList' | 'total'> {
  /** Of which partner; its editor is `partner` or `stranger`. */
  of?: 'anker' | 'brücke';
}

/** Another service, like that of the world; its id. */
export async function anotherService(hub: TestHub, world: World, wish: Wish = {}): Promise<string> {
  const { of = 'anker', level = world.service.feedbackLevel, keepsWaitingList = true, total = 1 } = wish;
  const em = hub.owner();
  const [service] = await em.execute<[{ id: string }]>(
    `insert into service (partner_id, network_id, name, languages, delivery_modes, feedback_level, keeps_waiting_list, version)
     values (?, ?, 'Anderes', '{de}', '{ON_SITE}', ?, ?, 1) returning id`,
    [world[of].id, world.network.id, level, keepsWaitingList],
  );
  await em.execute('insert into service_category (service_id, category_code) values (?, ?)', [
    service.id,
    world.categoryCode,
  ]);
  await em.execute(
    'insert into service_area (service_id, area_key) select ?, area_key from service_area where service_id = ?',
    [service.id, world.service.id],
  );
  await em.execute('insert into service_capacity (service_id, total) values (?, ?)', [service.id, total]);
  return service.id;
}

/** The client agrees to every service of the category of the world's. */
export const agreeToAll = (hub: TestHub, { network, clientCase, categoryCode }: World, validUntil = '2099-12-31') =>
  hub.owner().execute<[{ id: string }]>(
    `insert into consent (network_id, client_case_id, category_code, given_on, valid_until, created_at, revision)
     values (?, ?, ?, '2020-01-01', ?, now(), 1) returning id`,
    [network.id, clientCase.id, categoryCode, validUntil],
  );
