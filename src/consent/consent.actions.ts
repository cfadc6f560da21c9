import type { EntityManager } from '@mikro-orm/postgresql';
import { Category } from '../category/category.entity.js';
import { checkCaseOpen, lockCase } from '../client-case/client-case.actions.js';
import type { ClientCase } from '../client-case/client-case.entity.js';
import { Referral } from '../referral/referral.entity.js';
import { revokeReferralsOn } from '../referral-step/referral-revocation.actions.js';
import { sharingOf } from '../referral-step/referral-sharing.actions.js';
import { seenService } from '../service/service.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { Consent } from './consent.entity.js';
import type { ConsentRecordInput } from './consent.inputs.js';

const { NOT_FOUND, INVALID_INPUT } = UserErrorCode;

/** Records what the client agreed to, once: again it is the same consent. NOT_FOUND, INVALID_INPUT. Returns the id. */
export function recordConsent(ctx: Context, input: ConsentRecordInput): Promise<string> {
  return write(ctx, async tx => {
    const clientCase = await lockCase(ctx, tx, input.clientCase, ['input', 'clientCase']);
    checkCaseOpen(clientCase, ['input', 'clientCase']);
    const { service, category } = await scopeOf(ctx, tx, input, clientCase);
    checkPeriod(input, berlinDay(ctx.now));
    const { givenOn, validUntil } = input;
    const told = { clientCase: clientCase.id, service, category, givenOn, validUntil, revokedAt: null };
    const known = await tx.findOne(Consent, told, { orderBy: { createdAt: 'desc' } });
    if (known) return known.id;
    const consent = tx.create(Consent, { network: clientCase.network.id, ...told, createdAt: ctx.now });
    await tx.flush();
    return consent.id;
  });
}

/**
 * Takes effect at once: referrals that rest on it become REVOKED in the same transaction. One revoked before stays as it
 * was. NOT_FOUND. Returns the id.
 */
export function revokeConsent(ctx: Context, id: string): Promise<string> {
  return write(ctx, async tx => {
    const clientCase = isId(id)
      ? (await rowsOf<{ client_case_id: string }>(tx, sql`select client_case_id from consent where id = ${id}`))[0]
      : undefined;
    if (!clientCase) throw noSuchConsent();
    await lockCase(ctx, tx, clientCase.client_case_id).catch(hideCase);
    const consent = await tx.findOneOrFail(Consent, { id });
    if (consent.revokedAt) return id;
    consent.revokedAt = ctx.now;
    await revokeReferralsOn(ctx, tx, consent);
    return id;
  });
}

const noSuchConsent = (): Refusal => new Refusal(NOT_FOUND, 'Diese Einwilligung gibt es nicht.', ['id']);

function hideCase(error: unknown): never {
  throw error instanceof Refusal ? noSuchConsent() : error;
}

async function scopeOf(
  ctx: Context,
  tx: EntityManager,
  input: ConsentRecordInput,
  clientCase: ClientCase,
): Promise<{ service: string | null; category: string | null }> {
  const service = input.service ?? null;
  const category = input.category ?? null;
  if ((service === null) === (category === null))
    throw new Refusal(INVALID_INPUT, 'Bitte genau eines angeben: ein Angebot oder eine Angebotsart.', ['input']);
  if (service !== null && !(await isOpenTo(ctx, tx, clientCase, service)))
    throw new Refusal(NOT_FOUND, 'Dieses Angebot gibt es nicht.', ['input', 'service']);
  if (category !== null && !(await tx.count(Category, { code: category })))
    throw new Refusal(INVALID_INPUT, 'Diese Angebotsart gibt es nicht.', ['input', 'category']);
  return { service, category };
}

/**
 * Is the service one that the case can be referred to: of its network, or shared with it today? One that it was referred to
 * already, not in a draft only, stays open to what the client agrees to.
 */
async function isOpenTo(ctx: Context, tx: EntityManager, clientCase: ClientCase, id: string): Promise<boolean> {
  const service = await seenService(tx, ctx.viewer, id);
  if (!service) return false;
  if (await sharingOf(tx, service, clientCase.network.id, berlinDay(ctx.now))) return true;
  return (await tx.count(Referral, { clientCase: clientCase.id, service: service.id, sentAt: { $ne: null } })) > 0;
}

/** Nobody alive agreed to anything before. */
const EARLIEST = '1900-01-01';

function checkPeriod({ givenOn, validUntil }: ConsentRecordInput, today: string): void {
  if (givenOn < EARLIEST)
    throw new Refusal(INVALID_INPUT, 'Dieser Tag der Einwilligung ist nicht möglich.', ['input', 'givenOn']);
  if (givenOn > today)
    throw new Refusal(INVALID_INPUT, 'Der Tag der Einwilligung liegt in der Zukunft.', ['input', 'givenOn']);
  if (validUntil < givenOn || validUntil < today)
    throw new Refusal(INVALID_INPUT, 'Das Ende liegt in der Vergangenheit.', ['input', 'validUntil']);
}
