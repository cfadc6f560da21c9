import { Command, Option } from 'commander';
import type pg from 'pg';
import { type Config, configOfProcess } from '../config.js';
import { isId } from '../shared/id.js';
import { StartFault } from '../shared/start-fault.js';
import { DEVELOPMENT_ISSUER } from '../viewer/personas.js';
import { Role } from '../viewer/viewer.rules.js';

const NEEDS_NETWORK: readonly Role[] = [Role.CASEWORKER, Role.COORDINATOR];

interface Wish {
  issuer?: string;
  subject: string;
  name?: string;
  role: Role;
  network?: string;
  partner?: string;
  revoke?: boolean;
}

export const grantCommand = (): Command =>
  new Command('grant')
    .description('Give a person a role, or take it back. The person need not have signed in before.')
    .option('--issuer <address>', 'identity provider (default: OIDC_ISSUER, or the hub’s own for personas)')
    .requiredOption('--subject <sub>', 'the person’s "sub" at the provider')
    .option('--name <name>', 'how the person is shown to others (default for a new account: the subject)')
    .addOption(new Option('--role <role>', 'what the person may do').choices(Object.values(Role)).makeOptionMandatory())
    .option('--network <slug>', `network; needed for ${NEEDS_NETWORK.join(' and ')}`)
    .option('--partner <id>', `partner; needed for ${Role.PARTNER_EDITOR}`)
    .option('--revoke', 'take the role back')
    .action(grant);

async function grant(wish: Wish): Promise<void> {
  const config = configOfProcess('command');
  const issuer = issuerOf(wish, config);
  checkScope(wish);
  if (config.databaseUrl && !config.databaseOwnerUrl)
    throw new StartFault('DATABASE_OWNER_URL is missing: the role that serves may not change memberships.');
  const [{ openPrepared }, { withClient }] = await Promise.all([
    import('./open-prepared.js'),
    import('../database/client.js'),
  ]);
  const { database } = await openPrepared(config, { serving: false, migrating: false });
  try {
    console.log(await withClient(database.ownerUrl!, owner => change(owner, issuer, wish)));
  } finally {
    await database.close();
  }
}

function issuerOf({ issuer }: Wish, config: Config): string {
  const known = issuer ?? config.provider?.issuer ?? (config.personas ? DEVELOPMENT_ISSUER : undefined);
  if (!known) throw new StartFault('Name the identity provider, with --issuer or OIDC_ISSUER.');
  return known;
}

/** A caseworker or coordinator belongs to a network, an editor to a partner, the others to the whole hub. */
function checkScope({ role, network, partner }: Wish): void {
  const needsNetwork = NEEDS_NETWORK.includes(role);
  const needsPartner = role === Role.PARTNER_EDITOR;
  if (needsNetwork && !network) throw new StartFault(`${role} needs --network.`);
  if (needsPartner && !partner) throw new StartFault(`${role} needs --partner.`);
  if (!needsNetwork && network) throw new StartFault(`${role} takes no --network.`);
  if (!needsPartner && partner) throw new StartFault(`${role} takes no --partner.`);
  if (partner && !isId(partner)) throw new StartFault('--partner must be the id of a partner, a UUID.');
}

/** One transaction; answers with the sentence that tells what happened. */
async function change(owner: pg.Client, issuer: string, wish: Wish): Promise<string> {
  await owner.query('begin');
  const scope = await findScope(owner, wish);
  const done = wish.revoke ? await revokeRole(owner, issuer, wish, scope) : await giveRole(owner, issuer, wish, scope);
  await owner.query('commit');
  return done;
}

interface Scope {
  network: string | null;
  partner: string | null;
  /** The same in words. */
  where: string;
}

async function findScope(owner: pg.Client, { network, partner }: Wish): Promise<Scope> {
  if (partner) {
    const { rows } = await owner.query<{ id: string; network: string; name: string }>(
      `select p.id, p.network_id as network, p.name from partner named
       join partner p on p.id = coalesce(named.merged_into_id, named.id) where named.id = $1`,
      [partner],
    );
    if (!rows[0]) throw new StartFault('There is no partner with this id.');
    return { network: rows[0].network, partner: rows[0].id, where: ` of ${rows[0].name}` };
  }
  if (!network) return { network: null, partner: null, where: '' };
  const { rows } = await owner.query<{ id: string; slug: string }>('select id, slug from network order by slug');
  const found = rows.find(row => row.slug === network);
  if (rows.length === 0) throw new StartFault('This database holds no network yet.');
  if (!found) throw new StartFault(`There is no such network. There are: ${rows.map(row => row.slug).join(', ')}.`);
  return { network: found.id, partner: null, where: ` in ${network}` };
}

async function giveRole(
  owner: pg.Client,
  issuer: string,
  { subject, name, role }: Wish,
  scope: Scope,
): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into account (issuer, subject, display_name) values ($1, $2, coalesce($3, $2))
     on conflict (issuer, subject) do update set display_name = coalesce($3, account.display_name) returning id`,
    [issuer, subject, name],
  );
  const { rowCount } = await owner.query(
    `insert into membership (account_id, role, network_id, partner_id) values ($1, $2, $3, $4) on conflict do nothing`,
    [rows[0]!.id, role, scope.network, scope.partner],
  );
  return `${subject} is ${role}${scope.where} ${rowCount === 1 ? 'from now on' : 'already'}.`;
}

async function revokeRole(owner: pg.Client, issuer: string, { subject, role }: Wish, scope: Scope): Promise<string> {
  const { rowCount } = await owner.query(
    `delete from membership using account
     where account.id = account_id and issuer = $1 and subject = $2 and role = $3
       and network_id is not distinct from $4 and (partner_id is not distinct from $5
         or partner_id in (select id from partner where merged_into_id = $5))`,
    [issuer, subject, role, scope.network, scope.partner],
  );
  if (rowCount === 0) throw new StartFault(`${subject} is not ${role} there; nothing was changed.`);
  return `${subject} is no longer ${role}${scope.where}.`;
}
