import { expect } from 'vitest';
import { isEnded, OPEN, Party, ReferralStep, STEPS } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { addDays, addWorkingDays } from '../../src/shared/calendar.rules.js';
import type { TestHub } from '../support/hub.js';
import { EVERY_STEP } from '../support/referral-steps.js';
import {
  edits,
  isOnCase,
  isReadable,
  listOf,
  looksOpen,
  type Model,
  type ModelEvent,
  type ModelReferral,
  openStepsOf,
  readsAs,
  reserved,
  seenBy,
  type Who,
} from './model.js';
import { endBasis, move } from './model-moves.js';

/** What is read of a referral after each step and look. */
export const SEEN = `id status version updatedAt openSteps waitingFor waitingPosition
  client { pseudonym } clientCase { id } questions { text } siblings { id } events { step from to by }
  respondBy scheduledAt startedOn declineReason cancelReason attribution outcome escalatedAt reconfirmBy
  holdReason resumeOn abortReason errorReason note notices { kind dueAt }`;

// biome-ignore lint/suspicious/noExplicitAny: the answer to a query
export type Read = any;

/** What somebody reads is what the model says they know, and the events tell the same story as the status. */
export function compareView(model: Model, who: Who, referral: ModelReferral, read: Read): void {
  const seen = seenBy(model, who, referral);
  if (!seen) {
    expect(read).toBeNull();
    return;
  }
  const lens = readsAs(model, who, referral);
  const { status, version, openSteps, client, clientCase, events, questions, siblings } = read;
  expect({ status, version }).toEqual(seen);
  expect([...openSteps].sort()).toEqual(openStepsOf(model, who, referral, EVERY_STEP).sort());
  // Whatever is not over is somebody's turn.
  expect(read.waitingFor === null).toBe(isEnded(status));
  const readsClient = edits(who) && isReadable(model, referral);
  const onCase = isOnCase(who, referral.case);
  expect({ client: client !== null, case: clientCase !== null }).toEqual({ client: readsClient, case: onCase });
  expect(read.note !== null).toBe(readsClient || onCase);
  expect(questions).toHaveLength(readsClient || onCase ? referral.questions : 0);
  const group = model.referrals.filter(one => one.group !== null && one.group === referral.group && one !== referral);
  expect(siblings.map((one: { id: string }) => one.id).sort()).toEqual(onCase ? group.map(one => one.id).sort() : []);
  const place = listOf(model, referral.service).indexOf(referral) + 1;
  expect(read.waitingPosition).toBe(status === 'WAITLISTED' ? place : null);
  const story = storyOf(referral, lens);
  expect(events).toEqual(story);
  if (story.length > 0) expect(story.at(-1)!.to).toBe(status);
  for (const [i, event] of story.slice(1).entries()) expect(event.from).toBe(story[i]!.to);
}

function storyOf(
  { events }: ModelReferral,
  lens: Party | undefined,
): Pick<ModelEvent, 'step' | 'from' | 'to' | 'by'>[] {
  const asCaseworker = lens === Party.CASEWORKER;
  return events.flatMap(({ step, ...one }) => {
    // That another service took the client on is not told to the partner.
    const by = lens === Party.PARTNER && step === 'CANCEL' ? Party.CASEWORKER : one.by;
    const [from, to] = asCaseworker ? [one.seenFrom, one.seenTo] : [one.from, one.to];
    // The draft is the caseworker's alone.
    return to && (asCaseworker || step) ? [{ step, from, to, by }] : [];
  });
}

/** What somebody on the case read last of referrals about which nothing more may come to her; by reader and id. */
export type Remembered = Map<string, { version: number; read: Read }>;

/** Where everything that follows is hidden, nothing of what she reads changes, whatever happens and however long. */
export function compareWithLast(model: Model, who: Who, referral: ModelReferral, read: Read, last: Remembered): void {
  const { level } = model;
  const key = `${who} ${referral.id}`;
  const hidden =
    (level === FeedbackLevel.NONE && referral.seenStatus === 'SENT') ||
    (level === FeedbackLevel.RECEIVED_ONLY && referral.seenStatus === 'ACCEPTED');
  if (!hidden || readsAs(model, who, referral) !== Party.CASEWORKER) return void last.delete(key);
  // Marking it as an error is open for some time only, whatever happens. Others join its group by her own steps.
  const { openSteps: _time, siblings: _hers, ...now } = read;
  const before = last.get(key);
  if (before?.version === read.version) expect(now).toEqual(before?.read);
  last.set(key, { version: read.version, read: now });
}

interface Row {
  id: string;
  holds: boolean;
  seenStatus: string;
  status: string;
  events: ModelEvent[];
  due: boolean;
  notices: { party: string; kind: string; at: string }[];
}

interface Rows {
  services: { id: string; reserved: number; waitlisted: number; listed: number; accepted: number; answers: number }[];
  referrals: Row[];
}

const ROWS = `select
  (select jsonb_agg(jsonb_build_object('id', c.service_id, 'reserved', c.reserved, 'waitlisted', c.waitlisted,
     'listed', (select count(*) from service_waiting w where w.service_id = c.service_id and w.left_at is null),
     'accepted', (select coalesce(sum(a.accepted - a.taken_back), 0) from service_acceptance a where a.service_id = c.service_id),
     'answers', (select coalesce(sum(a.answers - a.taken_back), 0) from service_answer a where a.service_id = c.service_id)))
   from service_capacity c where c.service_id = any(?::uuid[])) as services,
  (select jsonb_agg(jsonb_build_object('id', r.id, 'status', r.status, 'version', r.version, 'seenStatus', r.seen_status,
     'seenVersion', r.seen_version, 'holds', r.holds_place, 'listed', r.waiting_id is not null,
     'readable', d.disclosed_at is not null and (d.readable_until is null or d.readable_until > ?),
     'due', r.clock_at <= ? or r.basis_ends_at < ?,
     'notices', (select coalesce(jsonb_agg(jsonb_build_object('party', n.party, 'kind', n.kind, 'at', n.at) order by n.at), '[]')
        from referral_notice n where n.referral_id = r.id),
     'events', (select coalesce(jsonb_agg(jsonb_build_object('step', e.step, 'from', e.from_status, 'to', e.to_status,
        'seenFrom', e.seen_from, 'seenTo', e.seen_to, 'by', e.by) order by e.number), '[]')
        from referral_event e where e.referral_id = r.id)))
   from referral r join referral_disclosure d on d.referral_id = r.id where r.service_id = any(?::uuid[])) as referrals`;

export async function readRows(hub: TestHub, services: readonly string[]): Promise<Rows> {
  const [all, now] = [`{${services.join(',')}}`, hub.now()];
  const [found] = await hub.owner().execute<[Rows]>(ROWS, [all, now, now, now, all]);
  return found;
}

/** The rows are what the model says, and keep the invariants of the domain guide. */
export function compareRows(model: Model, services: readonly string[], { services: counted, referrals }: Rows): void {
  for (const [i, id] of services.entries()) {
    const own = model.referrals.filter(one => one.service === i && one.status !== 'ENTERED_IN_ERROR');
    const waiting = listOf(model, i).length;
    expect(counted.find(one => one.id === id)).toEqual({
      id,
      reserved: reserved(model, i),
      waitlisted: waiting,
      listed: waiting,
      accepted: own.filter(one => one.accepted).length,
      answers: own.filter(one => one.answered).length,
    });
  }
  expect(referrals).toHaveLength(model.referrals.length);
  const byId = new Map(referrals.map(row => [row.id, row]));
  for (const referral of model.referrals) {
    const { id, status, version, seenStatus, seenVersion, events } = referral;
    const { due: _due, notices: _notices, ...row } = byId.get(id)!;
    expect(row).toEqual({
      id,
      status,
      version,
      seenStatus,
      seenVersion,
      readable: isReadable(model, referral),
      holds: referral.holdsPlace,
      listed: status === 'WAITLISTED',
      events,
    });
    for (const { step, from, to } of events) if (step && to) expectEdge(step as ReferralStep, from, to);
  }
}

/** Only the table's edges occur. */
function expectEdge(step: ReferralStep, from: string | null, to: string): void {
  expect(STEPS[step].from).toContain(from);
  expect(STEPS[step].to).toBe(to);
}

/**
 * The clock has run. What the model knows for sure it asks for: consents that ended, questions that nobody answered.
 * Where the table leaves days to the clock, it looks at what happened, and whether it may have been: never too early,
 * never without the warnings before.
 */
export function adoptClock(model: Model, { referrals }: Rows): void {
  const byId = new Map(referrals.map(row => [row.id, row]));
  for (const referral of model.referrals) {
    const row = byId.get(referral.id)!;
    expect(row.due, 'something due was left').not.toBe(true);
    const over = referral.consent !== null && referral.consent.ends < model.now && looksOpen(referral);
    if (over) endBasis(model, referral, Party.SYSTEM);
    // What another consent carries on may be due to expire at the same time.
    const next = row.events[referral.events.length];
    if (next) {
      expect(next.step).toBe(ReferralStep.EXPIRE);
      expectExpiryDue(model, referral, row);
      move(model, referral, 'EXPIRE', Party.SYSTEM);
    } else if (!over) expectStillInTime(model, referral, row);
  }
}

const days = (from: number, count: number): number => addDays(new Date(from), count).getTime();
const workingDays = (from: number, count: number): number => addWorkingDays(new Date(from), count).getTime();

function expectExpiryDue({ now }: Model, { status, enteredAt, urgent }: ModelReferral, { notices }: Row): void {
  const since = notices.filter(one => Date.parse(one.at) >= enteredAt);
  const told = (party: Party, kind: string) => since.filter(one => one.party === party && one.kind === kind);
  const reminders = told(Party.PARTNER, 'REMINDER').length;
  const escalation = told(Party.COORDINATOR, 'ESCALATION')[0];
  if (status === 'SENT') {
    expect(now).toBeGreaterThanOrEqual(days(enteredAt, urgent ? 7 : 21));
    expect([reminders, escalation !== undefined]).toEqual([2, true]);
  } else if (status === 'RECEIVED') {
    expect(reminders).toBe(1);
    expect(now).toBeGreaterThanOrEqual(workingDays(Date.parse(escalation!.at), 10));
  } else if (status === 'NEEDS_INFO') {
    expect(now).toBeGreaterThanOrEqual(workingDays(enteredAt, 10));
    expect(told(Party.CASEWORKER, 'REMINDER')).toHaveLength(1);
  } else {
    expect(status).toBe('WAITLISTED');
    expect(now).toBeGreaterThanOrEqual(days(enteredAt, 60));
    expect(told(Party.CASEWORKER, 'REMINDER')).toHaveLength(1);
  }
}

function expectStillInTime({ now }: Model, { status, enteredAt }: ModelReferral, { notices }: Row): void {
  if (status === 'NEEDS_INFO') {
    // A reminder that came late leaves a working day.
    const reminded = notices.map(one => Date.parse(one.at)).findLast(at => at >= enteredAt) ?? enteredAt;
    expect(now).toBeLessThan(Math.max(workingDays(enteredAt, 10), workingDays(reminded, 1)));
  }
  if (OPEN.includes(status)) expect(enteredAt).toBeLessThanOrEqual(now);
}
