import type { EntityManager } from '@mikro-orm/postgresql';
import { lockCase } from '../client-case/client-case.actions.js';
import { type ClientCase, ClientCaseHealth } from '../client-case/client-case.entity.js';
import { consentFor } from '../consent/consent.query.js';
import { checkFunding } from '../funding-decision/funding-guard.actions.js';
import { closedIntakeText } from '../match/match-check-texts.rules.js';
import { Need } from '../need/need.entity.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import { closedIntake } from '../programme/round-intake.query.js';
import type { Referral } from '../referral/referral.entity.js';
import { DisclosureBasis, OPEN, ReferralStep } from '../referral/referral.rules.js';
import { ReferralDisclosure } from '../referral/referral-disclosure.entity.js';
import type { ReferralLimits } from '../referral-clock/referral-limits.rules.js';
import { setRespondBy } from '../referral-clock/referral-timing.actions.js';
import type { Service } from '../service/service.entity.js';
import { areaIncludes } from '../service/service.query.js';
import { FeedbackLevel, isIntakePaused, ServiceStatus } from '../service/service.rules.js';
import { criterionSentence, failedOf } from '../service/service-criteria.rules.js';
import type { Criterion } from '../service/service-terms.rules.js';
import { asSystem } from '../shared/as-system.js';
import { addWorkingDays, berlinDay, endOfBerlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { checkIsShared } from './referral-sharing.actions.js';
import { hasAcceptedSibling } from './referral-sibling.actions.js';

const { BASIS_MISSING, DUPLICATE, INTAKE_PAUSED, INVALID_INPUT, NOT_ELIGIBLE, OUT_OF_AREA, SERVICE_NOT_ACTIVE } =
  UserErrorCode;

/**
 * The case of a referral that the viewer may see, whose lock comes first everywhere. The hub itself locks: coordinators do
 * not see the case.
 */
export async function lockCaseOf(tx: EntityManager, referralId: string): Promise<void> {
  if (!isId(referralId)) return;
  const [known] = await rowsOf<{ id: string }>(
    tx,
    sql`select client_case_id as id from referral where id = ${referralId}`,
  );
  if (!known) return;
  await asSystem(tx, () => rowsOf(tx, sql`select from client_case where id = ${known.id} for update`));
}

interface Sending {
  clientCase: ClientCase;
  service: Service;
  consent: { id: string; validUntil: string } | null;
}

/**
 * May the draft be sent now? Its case is locked: no consent is revoked and no second referral sent meanwhile.
 * NOT_SHARED, BASIS_MISSING, DECISION_MISSING, SERVICE_NOT_ACTIVE, INTAKE_PAUSED, OUT_OF_AREA, NOT_ELIGIBLE, DUPLICATE.
 */
export async function checkCanBeSent(ctx: Context, tx: EntityManager, referral: Referral): Promise<Sending> {
  const clientCase = await lockCase(ctx, tx, referral.clientCase.id);
  const service = await referral.service.loadOrFail();
  const today = berlinDay(ctx.now);
  await checkIsShared(tx, referral, service, today);
  if ((await service.partner.loadOrFail()).status !== PartnerStatus.ACTIVE)
    throw new Refusal(SERVICE_NOT_ACTIVE, 'Der Partner nimmt nicht mehr am Netzwerk teil.', ['id']);
  checkTakesReferrals(service, today);
  await checkRound(tx, service, today);
  if (!(await coversHome(tx, service, clientCase)))
    throw new Refusal(OUT_OF_AREA, 'Der Wohnort liegt außerhalb des Einzugsgebiets.', ['id']);
  if (!fitsAge(service, clientCase.birthYear, Number(today.slice(0, 4))))
    throw new Refusal(NOT_ELIGIBLE, 'Das Alter passt nicht zu diesem Angebot.', ['id']);
  await checkCriteria(ctx, tx, service, clientCase.id);
  if (await hasOpenReferral(tx, referral))
    throw new Refusal(DUPLICATE, 'Für diesen Fall läuft schon eine Vermittlung zu diesem Angebot.', ['id']);
  await checkGroup(tx, referral, service.feedbackLevel);
  const consent = await basisOf(tx, referral, today);
  await checkFunding(ctx, tx, referral, service, clientCase);
  return { clientCase, service, consent };
}

/** The consent that it rests on; null on the statutory task. BASIS_MISSING. */
async function basisOf(tx: EntityManager, referral: Referral, today: string): Promise<Sending['consent']> {
  if (referral.basis === DisclosureBasis.STATUTORY_TASK) return null;
  const consent = await consentFor(tx, referral.clientCase.id, referral.service.id, today);
  if (!consent) throw new Refusal(BASIS_MISSING, 'Es liegt keine gültige Einwilligung für dieses Angebot vor.', ['id']);
  return consent;
}

/** Writes the snapshot that the partner reads, and starts the clock. */
export async function disclose(
  ctx: Context,
  tx: EntityManager,
  referral: Referral,
  { clientCase, service, consent }: Sending,
  limits: ReferralLimits,
): Promise<void> {
  const { now, secrets } = ctx;
  const health = await tx.findOneOrFail(ClientCaseHealth, { clientCase: clientCase.id });
  const basisEndsAt = consent ? endOfBerlinDay(consent.validUntil) : null;
  const disclosure = await tx.findOneOrFail(ReferralDisclosure, { referral: referral.id });
  Object.assign(disclosure, {
    pseudonym: await pseudonymOf(
      tx,
      referral,
      pseudonymFor(secrets.sign('pseudonym', `${clientCase.id}:${referral.partner.id}`)),
    ),
    municipalityKey: clientCase.municipality.key,
    needs: consent ? health.needs : await withoutSensitive(tx, health.needs),
    languages: clientCase.languages,
    age: clientCase.birthYear === null ? null : Number(berlinDay(now).slice(0, 4)) - clientCase.birthYear,
    disclosedAt: now,
    readableUntil: basisEndsAt,
  });
  tx.assign(referral, {
    sentAt: now,
    feedbackLevel: service.feedbackLevel,
    consent: consent?.id ?? null,
    basisEndsAt,
  });
  setRespondBy(referral, ReferralStep.SEND, addWorkingDays(now, limits.acknowledgeWorkingDays));
}

/** A service that tells nothing can't be one of several: its acceptance would show when it cancels the others. */
async function checkGroup(tx: EntityManager, referral: Referral, level: FeedbackLevel): Promise<void> {
  if (!referral.siblingGroup) return;
  if (level === FeedbackLevel.NONE)
    throw new Refusal(INVALID_INPUT, 'Ein Angebot ohne Rückmeldung kann nicht eines von mehreren sein.', ['id']);
  if (await hasAcceptedSibling(tx, referral))
    throw new Refusal(DUPLICATE, 'Der Fall wurde schon an anderer Stelle aufgenommen.', ['id']);
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

/** A service of a programme that runs takes people within the intake windows of its rounds only. */
async function checkRound(tx: EntityManager, { id }: Service, today: string): Promise<void> {
  const closed = await closedIntake(tx, id, today);
  if (!closed) return;
  throw new Refusal(INTAKE_PAUSED, `Das Angebot nimmt zurzeit niemanden auf (${closedIntakeText(closed).de}).`, ['id']);
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

/** Where no need is known nothing is: what is said in words only, the offices clear up in conversation. */
async function checkCriteria({ loaders }: Context, tx: EntityManager, service: Service, caseId: string): Promise<void> {
  const criteria = service.criteria as unknown as readonly Criterion[];
  if (criteria.length === 0) return;
  const { needs } = await tx.findOneOrFail(ClientCaseHealth, { clientCase: caseId });
  const [failed] = failedOf(criteria, needs);
  if (!failed) return;
  const known = await loaders.needs();
  throw new Refusal(
    NOT_ELIGIBLE,
    criterionSentence(failed, code => known.get(code)?.nameDe ?? code),
    ['id'],
  );
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

/**
 * What the partner knows the client by already, which after a merge may be what the other partner was told; `usual` where
 * it knows no such name. Where both knew her by their own, the older referrals keep theirs.
 */
async function pseudonymOf(tx: EntityManager, { clientCase, partner }: Referral, usual: string): Promise<string> {
  const [known] = await rowsOf<{ pseudonym: string }>(
    tx,
    sql`select d.pseudonym from referral r join referral_disclosure d on d.referral_id = r.id
        where r.client_case_id = ${clientCase.id} and d.partner_id = ${partner.id} and d.disclosed_at is not null
          and d.pseudonym is not null
        order by d.pseudonym <> ${usual}, d.disclosed_at, r.id limit 1`,
  );
  return known?.pseudonym ?? usual;
}

/** Another one for every partner, so that two cannot compare; always the same for one. 40 bits. */
export const pseudonymFor = (signature: string): string => `P-${signature.slice(0, 10).toUpperCase()}`;
