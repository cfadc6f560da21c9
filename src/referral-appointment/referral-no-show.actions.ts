import { Party, ReferralStatus } from '../referral/referral.rules.js';
import { viewOf } from '../referral/referral.view.js';
import { noteOn } from '../referral-step/referral-step.actions.js';
import { openStepsFor } from '../referral-step/referral-steps.view.js';
import { lock, type Taken, type Target } from '../referral-step/referral-take.actions.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { lastAppointment } from './referral-appointment.actions.js';
import { AppointmentState, showsNoShows } from './referral-appointment.rules.js';

const { DUPLICATE, INVALID_INPUT, STEP_NOT_OPEN } = UserErrorCode;

/**
 * The partner says that the client did not come; the referral stays SCHEDULED. NOT_FOUND, VERSION_CONFLICT,
 * STEP_NOT_OPEN, INVALID_INPUT before the time of the appointment, DUPLICATE. Returns the id.
 */
export function noteNoShow(ctx: Context, target: Target): Promise<string> {
  return write(ctx, async tx => {
    const taken = await lock(ctx, tx, target.id);
    const { referral, now } = taken;
    checkVersion(target.expectedVersion, viewOf(referral).version);
    checkScheduled(taken);
    const last = await lastAppointment(tx, referral);
    if (!last || last.at > now) throw new Refusal(INVALID_INPUT, 'Der Termin steht noch bevor.', ['id']);
    if (last.state !== AppointmentState.PLANNED)
      throw new Refusal(DUPLICATE, 'Zu diesem Termin ist das schon vermerkt.', ['id']);
    last.state = AppointmentState.NO_SHOW;
    noteOn(referral, showsNoShows(referral.feedbackLevel), now);
    return referral.id;
  });
}

function checkScheduled({ referral, limits, now }: Taken): void {
  const { parties = [], status } = referral;
  if (parties.includes(Party.PARTNER) && status === ReferralStatus.SCHEDULED) return;
  throw new Refusal(STEP_NOT_OPEN, 'Es ist kein Termin vereinbart.', ['id'], {
    openSteps: openStepsFor(referral, limits, now),
  });
}
