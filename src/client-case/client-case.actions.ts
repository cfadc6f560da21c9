import { randomInt } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { checkPlainLanguages } from '../shared/plain-languages.js';
import { raiseVersion } from '../shared/raise-version.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { mayOpenCaseIn, onCase } from './client-case.access.js';
import { ClientCase, ClientCaseHealth } from './client-case.entity.js';
import type { ClientCaseOpenInput, ClientCaseUpdateInput } from './client-case.inputs.js';
import { ClientCaseStatus, referenceOf } from './client-case.rules.js';

const { NOT_FOUND, INVALID_INPUT } = UserErrorCode;

/** Opens a case, assigned to the viewer; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function openCase(ctx: Context, input: ClientCaseOpenInput): Promise<string> {
  return write(ctx, async tx => {
    const network = await tx.findOne(Network, { slug: input.network });
    if (!network || !mayOpenCaseIn(ctx.viewer, network.id))
      throw new Refusal(NOT_FOUND, 'Ein Netzwerk, in dem Sie Fälle führen, gibt es unter diesem Namen nicht.', [
        'input',
        'network',
      ]);
    await checkMunicipality(tx, network.id, input.municipality);
    await checkNeeds(tx, input.needs);
    checkBirthYear(input.birthYear, ctx.now);
    const clientCase = tx.create(ClientCase, {
      network,
      reference: newReference(),
      municipality: input.municipality,
      languages: languagesOf(input.languages),
      birthYear: input.birthYear ?? null,
      assignedTo: ctx.viewer.accountId!,
      deputy: null,
      createdAt: ctx.now,
    });
    await tx.flush();
    tx.create(ClientCaseHealth, {
      clientCase,
      network,
      needs: distinct(input.needs),
      accessibility: distinct(input.accessibility),
    });
    return clientCase.id;
  });
}

/** Changes what is given; NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function updateCase(
  ctx: Context,
  id: string,
  input: ClientCaseUpdateInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const clientCase = await lockOpenCase(ctx, tx, id);
    checkVersion(expectedVersion, clientCase.version);
    if (Object.values(input).every(value => value === undefined)) return clientCase.id;
    const { municipality, needs, languages, birthYear, accessibility } = input;
    if (municipality !== undefined) await checkMunicipality(tx, clientCase.network.id, municipality);
    await checkNeeds(tx, needs);
    checkBirthYear(birthYear, ctx.now);
    const health = await tx.findOneOrFail(ClientCaseHealth, { clientCase: clientCase.id });
    if (needs !== undefined) health.needs = distinct(needs);
    if (accessibility !== undefined) health.accessibility = distinct(accessibility);
    if (municipality != null) tx.assign(clientCase, { municipality });
    if (languages !== undefined) clientCase.languages = languagesOf(languages);
    if (birthYear !== undefined) clientCase.birthYear = birthYear;
    await raiseVersion(tx, ClientCase, clientCase); // health data lies in a table of its own
    return clientCase.id;
  });
}

/** Nothing new is sent; what is under way goes on. NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function closeCase(ctx: Context, id: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const clientCase = await lockOpenCase(ctx, tx, id);
    checkVersion(expectedVersion, clientCase.version);
    clientCase.status = ClientCaseStatus.CLOSED;
    return clientCase.id;
  });
}

/**
 * Locks a case that the viewer works on, or refuses with NOT_FOUND on `path`. Locks are taken in one order: case, consent,
 * referral, service, places.
 */
export async function lockCase(
  { viewer }: Context,
  tx: EntityManager,
  id: string,
  path: string[] = ['id'],
): Promise<ClientCase> {
  const [clientCase] = isId(id)
    ? await entitiesOf(
        tx,
        ClientCase,
        sql`select ${columnsOf(tx, ClientCase, 'c')} from client_case c
            where c.id = ${id} and ${onCase(viewer, 'c')} for update`,
      )
    : [];
  if (!clientCase) throw new Refusal(NOT_FOUND, 'Diesen Fall gibt es nicht.', path);
  return clientCase;
}

export function checkCaseOpen(clientCase: ClientCase, path: string[]): void {
  if (clientCase.status !== ClientCaseStatus.OPEN) throw new Refusal(INVALID_INPUT, 'Der Fall ist geschlossen.', path);
}

async function lockOpenCase(ctx: Context, tx: EntityManager, id: string): Promise<ClientCase> {
  const clientCase = await lockCase(ctx, tx, id);
  checkCaseOpen(clientCase, ['id']);
  return clientCase;
}

/** INVALID_INPUT for a municipality outside the network. */
export async function checkMunicipality(tx: EntityManager, networkId: string, key: string | null): Promise<void> {
  if (key === null) throw new Refusal(INVALID_INPUT, 'Ein Fall braucht eine Gemeinde.', ['input', 'municipality']);
  const rows = await rowsOf(
    tx,
    sql`select from network_municipality where network_id = ${networkId} and municipality_key = ${key}`,
  );
  if (rows.length === 0)
    throw new Refusal(INVALID_INPUT, 'Diese Gemeinde gehört nicht zum Netzwerk.', ['input', 'municipality']);
}

async function checkNeeds(tx: EntityManager, codes: readonly string[] | null | undefined): Promise<void> {
  if (!codes?.length) return;
  const unknown = await rowsOf(
    tx,
    sql`select from unnest(${codes}::text[]) asked where not exists (select from need where code = asked)`,
  );
  if (unknown.length > 0) throw new Refusal(INVALID_INPUT, 'Diesen Bedarf gibt es nicht.', ['input', 'needs']);
}

function checkBirthYear(year: number | null | undefined, now: Date): void {
  if (year == null || (year >= 1900 && year <= now.getUTCFullYear())) return;
  throw new Refusal(INVALID_INPUT, 'Dieses Geburtsjahr ist nicht möglich.', ['input', 'birthYear']);
}

function languagesOf(tags: readonly string[] | null | undefined): string[] {
  const languages = distinct(tags);
  checkPlainLanguages(languages);
  return languages;
}

const distinct = <T>(items: readonly T[] | null | undefined): T[] => [...new Set(items ?? [])];

/** A pseudonym that tells nothing: 28⁸ possibilities, and a unique key where two meet all the same. */
const newReference = (): string => referenceOf(letters => letters[randomInt(letters.length)]!);
