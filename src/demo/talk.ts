import { OPEN, Party, ReferralStep } from '../referral/referral.rules.js';
import { AppointmentState } from '../referral-appointment/referral-appointment.rules.js';
import { mayWrite, type Side } from '../referral-message/referral-message.rules.js';
import { isMissed } from './chronicle.js';
import { OFFICE_DAY, type OfficeTime } from './office-time.js';
import { demoId, Random } from './random.js';
import type { DemoReferral } from './referrals.js';
import { MESSAGES } from './remarks.data.js';

/** Each appointment that a step made; after all but the last the client had not come, or it was moved. */
export function appointmentRows({ id, clientCase, happenings, appointments }: DemoReferral): object[] {
  const made = happenings.filter(({ step }) => step === ReferralStep.SCHEDULE);
  return appointments.map((at, i) => ({
    id: demoId(`appointment/${id}/${i}`),
    referral_id: id,
    network_id: clientCase.networkId,
    number: i + 1,
    at,
    state: stateOf(at, made[i + 1]?.at),
    created_at: made[i]!.at,
  }));
}

function stateOf(appointment: Date, another: Date | undefined): AppointmentState {
  if (!another) return AppointmentState.PLANNED;
  return isMissed(appointment, another) ? AppointmentState.NO_SHOW : AppointmentState.MOVED;
}

/** What the caseworkers wrote to the personas' partners, who alone have accounts, and what these answered. */
export function messageRows(referral: DemoReferral, editors: ReadonlyMap<string, string>, time: OfficeTime): object[] {
  const { id, clientCase, service, standing } = referral;
  const random = new Random(`messages/${id}`);
  const editor = editors.get(service.row.partner_id);
  if (!editor || !OPEN.includes(standing.status) || random.chance(0.3)) return [];
  const answers = mayWrite(Party.PARTNER, standing.status, service.row.feedback_level) && random.chance(0.6);
  const [question, answer] = random.pick(MESSAGES);
  const asked = since(standing.updated_at, random, time);
  const answered = since(asked, random, time);
  const row = (by: Side, text: string, sentAt: Date, readAt: Date | null) => ({
    id: demoId(`message/${id}/${by}`),
    referral_id: id,
    network_id: clientCase.networkId,
    partner_id: service.row.partner_id,
    by,
    author_id: by === Party.PARTNER ? editor : clientCase.assignedTo,
    text,
    sent_at: sentAt,
    read_at: readAt,
  });
  const written = row(Party.CASEWORKER, question, asked, answers ? answered : null);
  return answers ? [written, row(Party.PARTNER, answer, answered, null)] : [written];
}

/** Some moment of the last two office days, after another. */
function since(moment: Date, random: Random, time: OfficeTime): Date {
  for (let minutes = random.between(0, 2 * OFFICE_DAY); minutes > 1; minutes /= 2) {
    const at = time.ago(minutes);
    if (at > moment) return at;
  }
  return time.now;
}
