import type pg from 'pg';
import type { SignedIn } from './signed-in.js';

const VIEWER = `
  select a.id as account, coalesce(string_agg(distinct m.network_id::text, ','), '') as networks,
    coalesce(string_agg(distinct m.network_id::text, ',') filter (where m.role = 'CASEWORKER'), '') as casework,
    coalesce(string_agg(distinct m.network_id::text, ',') filter (where m.role = 'COORDINATOR'), '') as coordinated,
    coalesce(string_agg(distinct m.partner_id::text, ',') filter (where m.role = 'PARTNER_EDITOR'), '') as partners
  from account a left join membership m on m.account_id = a.id where a.issuer = $1 and a.subject = $2 group by a.id`;

/** The variables that the policies read, of whoever is asking; looked up on every request, as the hub does. */
export async function settingsOf(pool: pg.Pool, { issuer, subject }: SignedIn): Promise<Record<string, string>> {
  const { rows } = await pool.query<Record<string, string>>({
    name: 'viewer',
    text: VIEWER,
    values: [issuer, subject],
  });
  const [viewer] = rows;
  if (!viewer) return {};
  return {
    'app.account': viewer.account!,
    'app.networks': viewer.networks!,
    'app.referred_from': '',
    'app.casework': viewer.casework!,
    'app.coordinated': viewer.coordinated!,
    'app.partners': viewer.partners!,
    'app.now': new Date().toISOString(),
    'app.system': '',
  };
}
