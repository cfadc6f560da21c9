import { expect, test } from 'vitest';
import { withClient } from '../../src/database/client.js';
import { testHub } from '../support/hub.js';

const hub = testHub('lost_connections');
const CONNECTIONS = 20;

/** All requests wait on a locked table; meanwhile their connections are cut, as many as the hub has. */
async function cutWhile(ask: () => Promise<unknown>): Promise<unknown[]> {
  return withClient(hub.database().superuser, async admin => {
    await admin.query('begin');
    await admin.query('lock table referral in access exclusive mode');
    const asked = Array.from({ length: CONNECTIONS }, ask);
    const waiting = `select pid from pg_stat_activity
      where datname = current_database() and usename = 'hub_app' and wait_event_type = 'Lock'`;
    // Not by the one that holds the lock: within its transaction it sees the activity of its beginning.
    const seen = async () => (await hub.owner().execute(waiting)).length;
    await expect.poll(seen).toBe(CONNECTIONS);
    await hub.owner().execute(`select pg_terminate_backend(pid) from (${waiting}) as backends`);
    const answers = await Promise.all(asked);
    await admin.query('rollback');
    return answers;
  });
}

const away = { errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] };
const READ = '{ referrals { totalCount } }';

test('reads whose connections are cut are told so, and the hub goes on', async () => {
  const { caseworker } = await hub.given();
  await hub.as(caseworker, READ); // enrolled, so that nothing but the question waits
  for (const answer of await cutWhile(() => hub.as(caseworker, READ))) expect(answer).toMatchObject(away);
  const after = await Promise.all(Array.from({ length: CONNECTIONS }, () => hub.as(caseworker, READ)));
  for (const answer of after) expect(answer).toMatchObject({ data: { referrals: { totalCount: 1 } } });
});

test('writes whose connections are cut are told so and change nothing, and the hub goes on', async () => {
  const { partner, referral } = await hub.given();
  const accept = `mutation { referralAcknowledge(id: "${referral.id}") { referral { status } userErrors { code } } }`;
  await hub.as(partner, READ);
  for (const answer of await cutWhile(() => hub.as(partner, accept))) expect(answer).toMatchObject(away);
  expect(await hub.as(partner, accept)).toMatchObject({
    data: { referralAcknowledge: { referral: { status: 'RECEIVED' }, userErrors: [] } },
  });
});
