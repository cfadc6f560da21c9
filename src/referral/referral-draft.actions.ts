import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { checkCaseOpen, lockCase } from '../client-case/client-case.actions.js';
import type { ClientCase } from '../client-case/client-case.entity.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import { limitsIn } from '../referral-clock/referral-limits.query.js';
import { checkCanBeSent, disclose } from '../referral-step/referral-send.actions.js';
import { sharingOf } from '../referral-step/referral-sharing.actions.js';
import { lockSiblings } from '../referral-step/referral-sibling.actions.js';
import { applyStep } from '../referral-step/referral-step.actions.js';
import { Service } from '../service/service.entity.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { Referral } from './referral.entity.js';
import type { ReferralDraftInput, ReferralOfferInput } from './referral.inputs.js';
import {
  type DisclosureBasis,
  isEnded,
  Party,
  REFERRED_ON_FROM,
  ReferralStatus,
  ReferralStep,
  SIBLINGS_JOIN,
} from './referral.rules.js';
import { ReferralDisclosure } from './referral-disclosure.entity.js';
import { ReferralEvent } from './referral-event.entity.js';

const { DUPLICATE, INVALID_INPUT, NOT_FOUND } = UserErrorCode;

/** What a draft says, whichever way it is made. */
interface Draft {
  service: string;
  basis: DisclosureBasis;
  note: string | null;
  urgent: boolean;
  siblingGroup: string | null;
  parent: Referral | null;
}

/** A draft for a case and a service of the same network, or one that is shared with it; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function draftReferral(ctx: Context, input: ReferralDraftInput): Promise<string> {
  return write(ctx, async tx => {
    const clientCase = await lockOpenCase(ctx, tx, input.clientCase);
    if (input.siblingOf != null) await lockSiblings(tx, input.siblingOf); // before any of them is locked alone
    const parent = await parentOf(tx, clientCase, input.parent);
    const siblingGroup = await groupOf(tx, clientCase, input.siblingOf);
    const { service, basis, note = null } = input;
    const urgent = input.urgent ?? false;
    const draft = { service, basis, note, urgent, siblingGroup, parent };
    return (await make(ctx, tx, clientCase, draft, ['input', 'service'])).id;
  });
}

/** Most services to which one case is offered at once. */
const MOST_OFFERS = 10;

/** One case offered to several services at once: all are sent, or none. As `draftReferral` and SEND; returns the ids. */
export function offerCase(ctx: Context, input: ReferralOfferInput): Promise<string[]> {
  return write(ctx, async tx => {
    const { services, basis, note = null } = input;
    const path = ['input', 'services'];
    if (services.length < 2 || services.length > MOST_OFFERS)
      throw new Refusal(INVALID_INPUT, `Möglich sind 2 bis ${MOST_OFFERS} Angebote.`, path);
    if (new Set(services).size < services.length)
      throw new Refusal(DUPLICATE, 'Ein Angebot ist zweimal genannt.', path);
    const clientCase = await lockOpenCase(ctx, tx, input.clientCase);
    const limits = await limitsIn(clientCase.network);
    const stepping = { tx, now: ctx.now, limits };
    const parent = await parentOf(tx, clientCase, input.parent);
    const common = { basis, note, urgent: input.urgent ?? false, siblingGroup: randomUUID(), parent };
    const ids: string[] = [];
    for (const [i, service] of services.entries()) {
      const at = [...path, String(i)];
      const referral = await make(ctx, tx, clientCase, { service, ...common }, at);
      const sending = await checkCanBeSent(ctx, tx, referral).catch(error => {
        throw error instanceof Refusal ? new Refusal(error.code, error.message, at, error.detail) : error;
      });
      await disclose(ctx, tx, referral, sending, limits);
      await applyStep(stepping, referral, ReferralStep.SEND, Party.CASEWORKER);
      ids.push(referral.id);
    }
    return ids;
  });
}

async function lockOpenCase(ctx: Context, tx: EntityManager, id: string): Promise<ClientCase> {
  const clientCase = await lockCase(ctx, tx, id, ['input', 'clientCase']);
  checkCaseOpen(clientCase, ['input', 'clientCase']);
  return clientCase;
}

async function make(
  ctx: Context,
  tx: EntityManager,
  clientCase: ClientCase,
  draft: Draft,
  path: string[],
): Promise<Referral> {
  const network = clientCase.network.id;
  const published = { status: PartnerStatus.ACTIVE };
  const service = isId(draft.service) ? await tx.findOne(Service, { id: draft.service, partner: published }) : null;
  const shared = service && (await sharingOf(tx, service, network, berlinDay(ctx.now)));
  if (!service || !shared) throw new Refusal(NOT_FOUND, 'Dieses Angebot gibt es im Netzwerk nicht.', path);
  if (draft.siblingGroup && service.feedbackLevel === FeedbackLevel.NONE)
    throw new Refusal(INVALID_INPUT, 'Ein Angebot ohne Rückmeldung kann nicht eines von mehreren sein.', path);
  const { basis, note, urgent, siblingGroup, parent } = draft;
  const partner = service.partner.id;
  const referral = tx.create(Referral, {
    network,
    clientCase,
    service,
    partner,
    basis,
    urgent,
    siblingGroup,
    parent,
    lineageDepth: parent ? parent.lineageDepth + 1 : 0,
    feedbackLevel: service.feedbackLevel,
    ...shared,
    ...NOTHING_YET,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    seenUpdatedAt: ctx.now,
  });
  await tx.flush();
  tx.create(ReferralDisclosure, { referral, network, partner, ...NOTHING_DISCLOSED, note });
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
  await tx.flush();
  return referral;
}

/** The one that the case is referred on from; it came to nothing, as the caseworker sees it. */
async function parentOf(
  tx: EntityManager,
  clientCase: ClientCase,
  id: string | null | undefined,
): Promise<Referral | null> {
  if (id == null) return null;
  const path = ['input', 'parent'];
  const parent = await ofCase(tx, clientCase, id, path);
  if (!REFERRED_ON_FROM.includes(parent.seenStatus))
    throw new Refusal(
      INVALID_INPUT,
      'Weitervermittelt wird nur, was abgelehnt, abgelaufen, abgebrochen oder zurückgenommen ist.',
      path,
    );
  const { lineageDepth } = await limitsIn(clientCase.network);
  if (parent.lineageDepth >= lineageDepth)
    throw new Refusal(INVALID_INPUT, `Weitervermittelt wird höchstens ${lineageDepth} Mal nacheinander.`, path);
  return parent;
}

/**
 * The group of a sibling that is still undecided; a new one where it has none. It is locked: nobody accepts meanwhile, who
 * would not see the newcomer.
 */
async function groupOf(
  tx: EntityManager,
  clientCase: ClientCase,
  id: string | null | undefined,
): Promise<string | null> {
  if (id == null) return null;
  const path = ['input', 'siblingOf'];
  const sibling = await ofCase(tx, clientCase, id, path);
  // First of all: whether it is decided already must not show.
  if (sibling.feedbackLevel === FeedbackLevel.NONE)
    throw new Refusal(INVALID_INPUT, 'Ein Angebot ohne Rückmeldung kann nicht eines von mehreren sein.', path);
  if (!SIBLINGS_JOIN.includes(sibling.seenStatus) || isEnded(sibling.status))
    throw new Refusal(INVALID_INPUT, 'Diese Vermittlung ist schon entschieden.', path);
  sibling.siblingGroup ??= randomUUID();
  return sibling.siblingGroup;
}

async function ofCase(tx: EntityManager, clientCase: ClientCase, id: string, path: string[]): Promise<Referral> {
  const [referral] = isId(id)
    ? await entitiesOf(
        tx,
        Referral,
        sql`select ${columnsOf(tx, Referral, 'r')} from referral r
            where r.id = ${id} and r.client_case_id = ${clientCase.id} for no key update`,
      )
    : [];
  if (!referral) throw new Refusal(NOT_FOUND, 'Diese Vermittlung gibt es bei diesem Fall nicht.', path);
  return referral;
}

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
