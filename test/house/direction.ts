import { importsOf, type Source } from './sources.js';

/**
 * What a file may import, by the room that its name tells: `referral.rules.ts` is a room of rules. Everything that is
 * not named here is closed. A wrong transition is then in the rules, somebody who sees too much in access, a lost
 * update in the actions, a slow list in query or loaders, a clumsy API in the resolver.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  // Pure: words, steps, limits, formulas; tables of them.
  rules: ['rules', 'data'],
  data: ['rules', 'data'],
  // Descriptions of the words for the API.
  enums: ['rules', 'enums'],
  entity: ['rules', 'enums', 'entity', 'plain'],
  access: ['rules', 'entity', 'access', 'plain'],
  // Shapes of the API: what comes in, what goes out beside the entities.
  inputs: ['rules', 'enums', 'entity', 'inputs', 'plain'],
  type: ['rules', 'enums', 'entity', 'type', 'plain'],
  types: ['rules', 'enums', 'entity', 'types', 'plain'],
  view: ['rules', 'entity', 'access', 'view', 'plain'],
  // Reads; they never write.
  query: ['rules', 'entity', 'access', 'inputs', 'types', 'query', 'plain'],
  loaders: ['rules', 'entity', 'access', 'query', 'loaders', 'plain'],
  // How a type is read by SQL, for the read path.
  shape: ['rules', 'entity', 'access', 'inputs', 'query', 'shape', 'plain'],
  // Writes.
  actions: ['rules', 'entity', 'access', 'inputs', 'view', 'query', 'actions', 'plain'],
  // The door.
  resolver: [
    'rules',
    'enums',
    'entity',
    'access',
    'inputs',
    'type',
    'types',
    'view',
    'query',
    'loaders',
    'actions',
    'plain',
  ],
  // No room of its own: what a feature has beside the noun, such as the verification of tokens.
  plain: ['rules', 'enums', 'entity', 'plain'],
};

/** Which packages the inner rooms may use; the others may use any. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  rules: ['node:crypto', 'luxon', 'feiertagejs', 'rrule-temporal', 'temporal-polyfill'],
  data: [],
  enums: ['type-graphql'],
  access: [],
  view: [],
  query: ['@mikro-orm/postgresql', 'node:crypto'],
  loaders: ['@mikro-orm/postgresql', 'dataloader'],
  actions: ['@mikro-orm/postgresql', 'node:crypto'],
};

/** What the parts of the program may import of each other. `feature` stands for every folder of a feature. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared'],
  feature: ['shared', 'feature', 'read-path'],
  'read-path': ['shared', 'read-path'],
  shapes: ['shared', 'feature', 'read-path'],
  http: ['shared', 'http'],
  config: ['shared'],
  migrations: ['migrations'],
  database: ['shared', 'config', 'database', 'migrations'],
  entities: ['shared', 'feature'],
  loaders: ['shared', 'feature'],
  schema: ['shared', 'feature'],
  hub: ['shared', 'feature', 'http', 'database', 'entities', 'loaders', 'schema', 'read-path', 'shapes'],
  clock: ['shared', 'feature', 'database', 'clock'],
  demo: ['shared', 'feature', 'database', 'entities', 'demo'],
  command: ['shared', 'feature', 'config', 'database', 'schema', 'hub', 'clock', 'demo', 'command'],
  main: ['shared', 'command'],
};

/** Files of `src/shared` of which only the writing rooms and the parts below may know. */
const FOR_WRITES = [
  'src/shared/write.ts',
  'src/shared/change.ts',
  'src/shared/as-system.ts',
  'src/shared/idempotency.ts',
];

/** Each goes against the direction for the reason beside it; one that is no longer needed is a fault as well. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'src/shared/case-data.ts → src/viewer/viewer.rules.ts': 'every feature asks who is asking; viewer stays a noun',
  'src/shared/policies.ts → src/viewer/viewer.rules.ts': 'the context of the policies is the viewer, as SQL sees her',
  'src/shared/context.ts → src/viewer/viewer.rules.ts': 'every feature asks who is asking; only a type',
  'src/shared/context.ts → src/loaders.ts': 'a request carries its loaders; only a type',
  'src/shared/errors.ts → src/referral/referral.rules.ts': 'a refusal tells the open steps: one type for all refusals',
  'src/shared/log.ts → src/config.ts': 'the levels are words of the configuration; only a type',
  'src/database/reference-data.ts → src/accessibility/accessibility-criteria.data.ts':
    'reference data comes with the migrations',
  'src/database/reference-data.ts → src/category/categories.data.ts': 'reference data comes with the migrations',
  'src/database/reference-data.ts → src/need/needs.data.ts': 'reference data comes with the migrations',
  'src/database/reference-data.ts → src/search/synonyms.rules.ts': 'reference data comes with the migrations',
  'src/database/reference-data.ts → src/training/training-topics.data.ts': 'reference data comes with the migrations',
};

/** Where the direction of imports is broken, a line each. `exceptions` that nobody uses are told too. */
export function directionFaults(sources: readonly Source[], exceptions = EXCEPTIONS): string[] {
  const unused = new Set(Object.keys(exceptions));
  const faults: string[] = [];
  for (const source of sources) {
    for (const { name, file } of importsOf(source)) {
      const fault = file ? fileFault(source.path, file) : packageFault(source.path, name);
      const arrow = `${source.path} → ${file ?? name}`;
      if (fault && !unused.delete(arrow) && !exceptions[arrow]) faults.push(`${arrow}: ${fault}`);
    }
  }
  return [...faults, ...[...unused].map(arrow => `${arrow}: an exception that is not needed`)];
}

function fileFault(from: string, to: string): string | null {
  if (to.startsWith('test/')) return 'the program knows nothing of its tests';
  const [here, there] = [partOf(from), partOf(to)];
  if (!PARTS[here]?.includes(there)) return `${here} must not know ${there}`;
  const [room, inner] = [roomOf(from), roomOf(to)];
  if (inner === 'resolver' && here !== 'schema') return 'only src/schema.ts imports resolvers';
  if (!FEATURED.includes(here)) return null;
  if (!ROOMS[room]) return `no such room: ${room}`;
  if (FOR_WRITES.includes(to) && here === 'feature' && room !== 'actions') return 'only actions write';
  return ROOMS[room].includes(inner) ? null : `${room} must not know ${inner}`;
}

function packageFault(from: string, name: string): string | null {
  const room = roomOf(from);
  const allowed = FEATURED.includes(partOf(from)) ? PACKAGES[room] : undefined;
  return !allowed || allowed.includes(name) ? null : `${room} must not use it`;
}

/** The parts that are made of rooms. */
const FEATURED = ['feature', 'shared'];

/** `feature`, or the name of one of the other parts. */
function partOf(path: string): string {
  const [top, next = '', ...rest] = path.replace(/\.ts$/, '').split('/');
  if (top !== 'src') return top!;
  if (rest.length > 0 || PARTS[next]) return PARTS[next] ? next : 'feature';
  return roomOf(path) === 'plain' ? next : 'feature';
}

/** `rules` of `x-y.rules.ts`; `plain` where a name tells no room. */
const roomOf = (path: string): string => /\.([a-z]+)\.ts$/.exec(path)?.[1] ?? 'plain';
