import type { PolicyDef, SessionContext } from '@mikro-orm/postgresql';
import {
  caseworkNetworks,
  coordinatedNetworks,
  editedPartners,
  ownNetworks,
  type Viewer,
} from '../viewer/viewer.rules.js';

type Variable =
  | 'app.account'
  | 'app.networks'
  | 'app.referred_from'
  | 'app.casework'
  | 'app.coordinated'
  | 'app.partners'
  | 'app.now'
  | 'app.system';

/** SQL: a context variable, read once a statement. One never set is null, one set before is ''. */
const setting = (variable: Variable): string => `(select nullif(current_setting('${variable}', true), ''))`;

/** SQL: is the column among the ids in a context variable? */
export const among = (column: string, variable: Variable): string =>
  `${column} = any ((select string_to_array(nullif(current_setting('${variable}', true), ''), ',')::uuid[])::uuid[])`;

/** SQL: has the viewer any? Where not, `among` is null rather than false, and what stands beside it is looked at too. */
export const hasAny = (variable: Variable): string => `${setting(variable)} is not null`;

/** SQL: is the column the account of the viewer? */
export const isViewer = (column: string): string => `${column} = ${setting('app.account')}::uuid`;

/** SQL: the moment of the request; one injected clock drives the policies too. */
export const requestTime = `coalesce(${setting('app.now')}::timestamptz, now())`;

/** SQL: the hub's own effects, set only by the job runner, the demo world and a step's action. */
export const isSystem = `${setting('app.system')} = 'on'`;

/** Permissive policies widen each other; this one is restrictive, so it holds whatever is added beside it. */
export const networkWall: PolicyDef = {
  name: 'network_wall',
  type: 'restrictive',
  using: `${isSystem} or ${among('network_id', 'app.networks')}`,
};

/**
 * The same for what is told to the partner to whom a case was referred: its network may be another one than the case's,
 * which shared it with that. What stays with the office stays within `networkWall`.
 */
export const referralWall: PolicyDef = {
  ...networkWall,
  using: `${networkWall.using} or ${among('network_id', 'app.referred_from')}`,
};

export const systemPolicy: PolicyDef = { name: 'system', using: isSystem };

/** What the database needs to know of who is asking, and when. */
export const sessionOf = (viewer: Viewer, now: Date): SessionContext => ({
  variables: {
    'app.account': viewer.accountId ?? '',
    'app.networks': ownNetworks(viewer).join(','),
    'app.referred_from': (viewer.referredFrom ?? []).join(','),
    'app.casework': caseworkNetworks(viewer).join(','),
    'app.coordinated': coordinatedNetworks(viewer).join(','),
    'app.partners': editedPartners(viewer).join(','),
    'app.now': now,
    'app.system': '',
  },
});

/** The hub itself: for the clock's work and the demo world, never for a request. */
export const systemSession = (now: Date): SessionContext => ({ variables: { 'app.system': 'on', 'app.now': now } });
