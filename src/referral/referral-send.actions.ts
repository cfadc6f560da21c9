import type { EntityManager } from '@mikro-orm/postgresql';
import { checkCaseOpen, lockCase } from '../client-case/client-case.actions.js';
import { type ClientCase, ClientCaseHealth } from '../client-case/client-case.entity.js';
import { consentFor } from '../consent/consent.query.js';
import { Need } from '../need/need.entity.js';
import { Service } from '../service/service.entity.js';
import { areaIncludes } from '../service/service.query.js';
import { isIntakePaused, ServiceStatus } from '../service/service.rules.js';
import { addWorkingDays, berlinDay, endOfBerlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { Referral } from './referral.entity.js';
import type { ReferralDraftInput } from './referral.inputs.js';
import {
  ACKNOWLEDGE_WITHIN_WORKING_DAYS,
  DisclosureBasis,
  OPEN,
  Party,
  ReferralStatus,
  ReferralStep,
} from './referral.rules.js';
import { ReferralDisclosure } from './referral-disclosure.entity.js';
import { ReferralEvent } from './referral-event.entity.js';
import { setRespondBy } from './referral-step.actions.js';

const { BASIS_MISSING, DUPLICATE, INTAKE_PAUSED, NOT_ELIGIBLE, NOT_FOUND, OUT_OF_AREA, SERVICE_NOT_ACTIVE } =
  UserErrorCode;

/** A draft for a case and a service of the same network; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function draftReferral(ctx: Context, input: ReferralDraftInput): Promise<string> {
  return write(ctx, async tx => {
    const clientCase = await lockCase(ctx, tx, input.clientCase, ['input', 'clientCase']);
    checkCaseOpen(clientCase, ['input', 'clientCase']);
    const network = clientCase.network.id;
    const service = isId(input.service) ? await tx.findOne(Service, { id: input.service, network }) : null;
    if (!service) throw new Refusal(NOT_FOUND, 'Dieses Angebot gibt es im Netzwerk nicht.', ['input', 'service']);
    const partner = service.partner.id;
    const times = { createdAt: ctx.now, updatedAt: ctx.now, seenUpdatedAt: ctx.now };
    const referral = tx.create(Referral, {
      network,
      clientCase,
      service,
      partner,
      basis: input.basis,
      feedbackLevel: service.feedbackLevel,
      ...NOTHING_YET,
      ...times,
    });
    await tx.flush();
    tx.create(ReferralDisclosure, {
      referral,
      network,
      partner,
      ...NOTHING_DISCLOSED,
      note: input.note ?? null,
    });
    tx.create(ReferralEvent, {
      referral,
      network,
      number: 0,
      step: null,
      from: null,
      to: ReferralStatus.DRAFT,
      seenFrom: null,
      seenTo: ReferralStatus.DRAFT,
      at: ctx.now,
      by: Party.CASEWORKER,
    });
    return referral.id;
  });
}

/** A sending looks at the whole case, whose lock comes first everywhere. For whoever may not see it, there is none. */
export async function lockCaseOf(tx: EntityManager, referralId: string): Promise<void> {
  if (!isId(referralId)) return;
  await rowsOf(
    tx,
    sql`select from client_case c where c.id = (select r.client_case_id from referral r where r.id = ${referralId})
        for update`,
  );
}

interface Sending {
  clientCase: ClientCase;
  service: Service;
  consent: { id: string; validUntil: string } | null;
}

/**
 * May the draft be sent now? Its case is locked: no consent is revoked and no second referral sent meanwhile.
 * BASIS_MISSING, SERVICE_NOT_ACTIVE, INTAKE_PAUSED, OUT_OF_AREA, NOT_ELIGIBLE, DUPLICATE.
 */
export async function checkCanBeSent(ctx: Context, tx: EntityManager, referral: Referral): Promise<Sending> {
  const clientCase = await lockCase(ctx, tx, referral.clientCase.id);
  checkCaseOpen(clientCase, ['id']);
  const service = await referral.service.loadOrFail();
  const today = berlinDay(ctx.now);
  checkTakesReferrals(service, today);
  if (!(await coversHome(tx, service, clientCase)))
    throw new Refusal(OUT_OF_AREA, 'Der Wohnort liegt außerhalb des Einzugsgebiets.', ['id']);
  if (!fitsAge(service, clientCase.birthYear, Number(today.slice(0, 4))))
    throw new Refusal(NOT_ELIGIBLE, 'Das Alter passt nicht zu diesem Angebot.', ['id']);
  if (await hasOpenReferral(tx, referral))
    throw new Refusal(DUPLICATE, 'Für diesen Fall läuft schon eine Vermittlung zu diesem Angebot.', ['id']);
  if (referral.basis === DisclosureBasis.STATUTORY_TASK) return { clientCase, service, consent: null };
  const consent = await consentFor(tx, clientCase.id, service.id, today);
  if (!consent) throw new Refusal(BASIS_MISSING, 'Es liegt keine gültige Einwilligung für dieses Angebot vor.', ['id']);
  return { clientCase, service, consent };
}

/** Writes the snapshot that the partner reads, and starts the clock. */
export async function disclose(
  ctx: Context,
  tx: EntityManager,
  referral: Referral,
  { clientCase, service, consent }: Sending,
): Promise<void> {
  const { now, secrets } = ctx;
  const health = await tx.findOneOrFail(ClientCaseHealth, { clientCase: clientCase.id });
  const disclosure = await tx.findOneOrFail(ReferralDisclosure, { referral: referral.id });
  Object.assign(disclosure, {
    pseudonym: pseudonymFor(secrets.sign('pseudonym', `${clientCase.id}:${referral.partner.id}`)),
    municipalityKey: clientCase.municipality.key,
    needs: consent ? health.needs : await withoutSensitive(tx, health.needs),
    languages: clientCase.languages,
    age: clientCase.birthYear === null ? null : Number(berlinDay(now).slice(0, 4)) - clientCase.birthYear,
    disclosedAt: now,
    readableUntil: consent ? endOfBerlinDay(consent.validUntil) : null,
  });
  tx.assign(referral, { sentAt: now, feedbackLevel: service.feedbackLevel, consent: consent?.id ?? null });
  setRespondBy(referral, ReferralStep.SEND, addWorkingDays(now, ACKNOWLEDGE_WITHIN_WORKING_DAYS));
}

function checkTakesReferrals(service: Service, today: string): void {
  if (service.status !== ServiceStatus.ACTIVE) {
    const why = service.status === ServiceStatus.CLOSED ? 'ist geschlossen' : 'ruht zurzeit';
    throw new Refusal(SERVICE_NOT_ACTIVE, `Das Angebot ${why}.`, ['id']);
  }
  const until = service.intakePausedUntil;
  if (until !== null && isIntakePaused(until, today))
    throw new Refusal(INTAKE_PAUSED, `Das Angebot hat einen Aufnahmestopp bis einschließlich ${germanDay(until)}.`, [
      'id',
    ]);
}

async function coversHome(tx: EntityManager, service: Service, clientCase: ClientCase): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`select where ${areaIncludes(sql`${service.id}::uuid`, sql`${clientCase.municipality.key}::text`)}`,
  );
  return rows.length > 0;
}

/** Only the year of birth is known, so two ages are possible: one that fits suffices, and so does none known. */
function fitsAge({ minimumAge, maximumAge }: Service, birthYear: number | null, year: number): boolean {
  if (birthYear === null) return true;
  const oldest = year - birthYear;
  return oldest >= (minimumAge ?? 0) && oldest - 1 <= (maximumAge ?? Number.POSITIVE_INFINITY);
}

/** An open referral of the same case to the same service, as far as the caseworker sees it. */
async function hasOpenReferral(tx: EntityManager, referral: Referral): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`select from referral r where r.client_case_id = ${referral.clientCase.id} and r.id <> ${referral.id}
          and r.service_id = ${referral.service.id} and r.seen_status = any(${OPEN}::text[]) limit 1`,
  );
  return rows.length > 0;
}

async function withoutSensitive(tx: EntityManager, codes: readonly string[]): Promise<string[]> {
  const told = await tx.find(Need, { code: { $in: [...codes] }, sensitive: false });
  return codes.filter(code => told.some(need => need.code === code));
}

/** Another one for every partner, so that two cannot compare; always the same for one. 40 bits. */
export const pseudonymFor = (signature: string): string => `P-${signature.slice(0, 10).toUpperCase()}`;

const NOTHING_YET = {
  consent: null,
  respondBy: null,
  seenRespondBy: null,
  sentAt: null,
  waitlistedAt: null,
  outOfOrderReason: null,
  scheduledAt: null,
  startedOn: null,
  endedAt: null,
  declineReason: null,
  declineText: null,
  cancelReason: null,
  cancelText: null,
  attribution: null,
  outcome: null,
} as const;

const NOTHING_DISCLOSED = {
  pseudonym: null,
  municipalityKey: null,
  age: null,
  disclosedAt: null,
  readableUntil: null,
} as const;
