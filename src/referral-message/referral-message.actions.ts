import type { EntityManager } from '@mikro-orm/postgresql';
import type { Referral } from '../referral/referral.entity.js';
import { isEnded, Party } from '../referral/referral.rules.js';
import { viewOf } from '../referral/referral.view.js';
import { ReferralDisclosure } from '../referral/referral-disclosure.entity.js';
import { openStepsFor } from '../referral-step/referral-steps.view.js';
import { lock, type Taken } from '../referral-step/referral-take.actions.js';
import { asSystem } from '../shared/as-system.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { write } from '../shared/write.js';
import { mayReadMessages, sideOf } from './referral-message.access.js';
import { ReferralMessage } from './referral-message.entity.js';
import { mayWrite, type Side } from './referral-message.rules.js';

const { INVALID_INPUT, NOT_FOUND, STEP_NOT_OPEN } = UserErrorCode;

/**
 * Writes to the other side; neither version nor time of the referral moves. To an end that the caseworker does not see
 * she writes as before, and nobody reads it unless it is reopened. NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN. Returns the id of the message.
 */
export function sendMessage(ctx: Context, id: string, text: string): Promise<string> {
  return write(ctx, async tx => {
    const talk = await lockTalk(ctx, tx, id);
    const { referral, side } = talk;
    if (text.trim() === '') throw new Refusal(INVALID_INPUT, 'Die Nachricht ist leer.', ['text']);
    await checkMayWrite(talk);
    const message = tx.create(ReferralMessage, {
      referral,
      network: referral.network,
      partner: referral.partner,
      by: side,
      author: ctx.viewer.accountId!,
      text,
      sentAt: ctx.now,
      readAt: null,
      unheard: isEnded(referral.status),
    });
    await tx.flush();
    return message.id;
  });
}

/** What the other side wrote is read, whoever of the viewer's side it was. NOT_FOUND. Returns the id of the referral. */
export function readMessages(ctx: Context, id: string): Promise<string> {
  return write(ctx, async tx => {
    const talk = await lockTalk(ctx, tx, id);
    const { referral, side } = talk;
    if (await mayRead(talk))
      await tx.nativeUpdate(
        ReferralMessage,
        { referral: referral.id, by: otherThan(side), readAt: null, unheard: false },
        { readAt: ctx.now },
      );
    return referral.id;
  });
}

/** It goes on after all: what the caseworker wrote meanwhile, not knowing of the end, reaches the partner now. */
export const deliverUnheard = (tx: EntityManager, { id }: Referral): Promise<unknown> =>
  asSystem(tx, () => tx.nativeUpdate(ReferralMessage, { referral: id, unheard: true }, { unheard: false }));

const otherThan = (side: Side): Side => (side === Party.PARTNER ? Party.CASEWORKER : Party.PARTNER);

interface Talk extends Taken {
  readonly side: Side;
}

/** Locks a referral on one of whose talking sides the viewer stands. */
async function lockTalk(ctx: Context, tx: EntityManager, id: string): Promise<Talk> {
  const taken = await lock(ctx, tx, id);
  const side = sideOf(taken.referral);
  if (!side) throw new Refusal(NOT_FOUND, 'Diese Vermittlung gibt es nicht.', ['id']);
  return { ...taken, side };
}

/** Who no longer reads the client has nothing to say either. */
async function checkMayWrite(talk: Talk): Promise<void> {
  const { referral, side, limits, now } = talk;
  const open = mayWrite(side, viewOf(referral).status, referral.feedbackLevel);
  if (open && (await mayRead(talk))) return;
  throw new Refusal(STEP_NOT_OPEN, 'Hier kann zurzeit keine Nachricht geschrieben werden.', ['id'], {
    openSteps: openStepsFor(referral, limits, now),
  });
}

const mayRead = async ({ tx, referral, now }: Talk): Promise<boolean> =>
  mayReadMessages(referral, await tx.findOne(ReferralDisclosure, { referral: referral.id }), now);
