import { dayBegins, daysLater, workingDaysLater, workingDaysUntil } from './working-days.js';

/** All that is known of one referral from outside: its events, what was told to whom, and for how long it rested. */
export interface Story {
  id: string;
  urgent: boolean;
  events: readonly { step: string | null; to: string; at: Date; by: string }[];
  /** Reminders and escalations, oldest first. */
  notices: readonly { kind: string; party: string; dueAt: Date; at: Date }[];
  /** The day on which it was to go on, for each time that it was put on hold. */
  resumeOn: readonly string[];
  /** What the hub goes by next. */
  next: { clockAt: Date | null; respondBy: Date | null; reconfirmBy: Date | null };
}

interface Due {
  kind: 'REMINDER' | 'ESCALATION' | 'EXPIRE';
  party: string;
  at: Date;
}

/** From one step to the next: where the referral stands, and what is due if nothing happens. */
interface Stay {
  status: string;
  entered: Date;
  left: Date | null;
  leftBy: { step: string | null; by: string } | null;
  respondBy: Date | null;
  reconfirmBy: Date | null;
  /** What is due after what was done, the last time at `before`; null where nothing more is. */
  due: (done: number, before: Date) => Due | null;
}

/**
 * What is wrong with the time of one referral: every deadline is computed anew from the events, by the table of the
 * domain guide (and the README, for what that leaves open). An effect must come with the first look of the clock at or
 * after its deadline, once, and none may come beside.
 *
 * @param looks when the clock looked, in order; steps at such a moment came after it
 */
export function lateness(story: Story, looks: readonly Date[]): string[] {
  const faults: string[] = [];
  const end = looks.at(-1)!;
  const notices = [...story.notices];
  const stays = staysOf(story);
  for (const stay of stays) {
    const said = (text: string): number =>
      faults.push(`${story.id} ${stay.status} since ${stay.entered.toISOString()}: ${text}`);
    const until = stay.left ?? end;
    let expired = false;
    let before = stay.entered;
    let next = stay.due(0, before);
    for (let done = 1; next; done++) {
      const look = firstLook(looks, next.at, stay.entered);
      if (!look || look > until) break;
      // The end of a consent goes before a deadline that is met at the same look.
      if (stay.left && look >= stay.left && stay.leftBy?.step === 'REVOKE' && stay.leftBy.by === 'SYSTEM') break;
      if (next.kind === 'EXPIRE') {
        expired = stay.leftBy?.step === 'EXPIRE' && stay.left?.getTime() === look.getTime();
        if (!expired) said(`did not expire at ${look.toISOString()}`);
        break;
      }
      const notice = notices.shift();
      const expected = { kind: next.kind, party: next.party, dueAt: next.at, at: look };
      if (JSON.stringify(notice) !== JSON.stringify(expected))
        said(`expected ${JSON.stringify(expected)}, not ${JSON.stringify(notice)}`);
      before = look;
      next = stay.due(done, before);
    }
    if (stay.leftBy?.step === 'EXPIRE' && !expired) said('expired before its time');
    if (!stay.left) faults.push(...differences(story, stay, next));
  }
  return [...faults, ...notices.map(one => `${story.id}: untimely ${JSON.stringify(one)}`)];
}

/** The hub goes by the same moments. */
function differences({ id, next }: Story, stay: Stay, due: Due | null): string[] {
  const pairs = { clockAt: due?.at ?? null, respondBy: stay.respondBy, reconfirmBy: stay.reconfirmBy };
  return Object.entries(pairs)
    .filter(([name, at]) => at?.getTime() !== next[name as keyof typeof next]?.getTime())
    .map(([name, at]) => `${id} ${stay.status}: ${name} should be ${at?.toISOString()}`);
}

/** When the clock looks first at or after a deadline; it looked before whatever was done at the same moment. */
const firstLook = (looks: readonly Date[], due: Date, entered: Date): Date | undefined =>
  looks.find(look => look >= due && look > entered);

type Deadline = (before: Date) => Due;

const remind =
  (party: string, at: (before: Date) => Date): Deadline =>
  before => ({ kind: 'REMINDER', party, at: at(before) });
const escalate =
  (at: (before: Date) => Date): Deadline =>
  before => ({ kind: 'ESCALATION', party: 'COORDINATOR', at: at(before) });
const expire =
  (at: (before: Date) => Date): Deadline =>
  before => ({ kind: 'EXPIRE', party: 'SYSTEM', at: at(before) });

const later = (a: Date, b: Date): Date => (a > b ? a : b);

interface Facts {
  urgent: boolean;
  entered: Date;
  sentAt: Date;
  acceptedAt: Date;
  respondBy: Date;
  resumeOn: Date;
}

/** What comes one after the other while nobody does anything. */
const DEADLINES: Readonly<Record<string, (facts: Facts) => Deadline[]>> = {
  SENT: ({ urgent, entered, sentAt, respondBy }) => [
    remind('PARTNER', () => (urgent ? workingDaysLater(entered, 1) : respondBy)),
    remind('PARTNER', patience(urgent)),
    escalate(patience(urgent)),
    expire(before => later(daysLater(sentAt, urgent ? 7 : 21), workingDaysLater(before, 1))),
  ],
  RECEIVED: ({ urgent, respondBy }) => [
    remind('PARTNER', () => respondBy),
    escalate(patience(urgent)),
    expire(before => workingDaysLater(before, 10)),
  ],
  NEEDS_INFO: ({ entered, respondBy }) => [
    remind('CASEWORKER', () => workingDaysLater(entered, 5)),
    expire(() => respondBy),
  ],
  WAITLISTED: ({ entered }) => [
    remind('CASEWORKER', () => daysLater(entered, 30)),
    expire(before => daysLater(before, 30)),
  ],
  ACCEPTED: start,
  SCHEDULED: start,
  ON_HOLD: ({ resumeOn }) => [remind('PARTNER', () => resumeOn), escalate(before => workingDaysLater(before, 10))],
};

/** Between a reminder that comes late and the escalation there is time to act. */
function start({ urgent, entered, acceptedAt }: Facts): Deadline[] {
  return [
    remind('PARTNER', () => workingDaysLater(entered, 10)),
    escalate(before => later(workingDaysLater(acceptedAt, 20), patience(urgent)(before))),
  ];
}

const patience = (urgent: boolean) => (before: Date) => workingDaysLater(before, urgent ? 1 : 3);

/** Somebody who is under way is asked for twice a year, again and again. */
const UNDER_WAY = remind('PARTNER', before => daysLater(before, 180));

function staysOf({ events, notices, urgent, resumeOn }: Story): Stay[] {
  const stays: Stay[] = [];
  const rests = [...resumeOn];
  const never = new Date(0);
  let sentAt = never;
  let acceptedAt = never;
  let asked = { at: never, respondBy: never };
  for (const { step, to, at, by } of events) {
    const last = stays.at(-1);
    const escalated = notices.some(one => one.kind === 'ESCALATION' && last && one.at > last.entered && one.at <= at);
    // The start is awaited from the acceptance, whatever is arranged, until the coordinator was told.
    if (step === 'SCHEDULE' && !escalated) continue;
    if (last) Object.assign(last, { left: at, leftBy: { step, by } });
    if (step === 'SEND') sentAt = at;
    if (step === 'ACCEPT') acceptedAt = at;
    if (step === 'ASK') asked = { at, respondBy: last?.respondBy ?? never };
    const respondBy = answerBy();
    const facts = { urgent, entered: at, sentAt, acceptedAt, respondBy: respondBy ?? never };
    const rest = to === 'ON_HOLD' ? dayBegins(rests.shift() ?? '') : never;
    const deadlines = DEADLINES[to]?.({ ...facts, resumeOn: rest }) ?? [];
    stays.push({
      status: to,
      entered: at,
      left: null,
      leftBy: null,
      respondBy,
      reconfirmBy: to === 'WAITLISTED' ? daysLater(at, 30) : null,
      due: (done, before) => (to === 'IN_PROGRESS' ? UNDER_WAY : deadlines[done])?.(before) ?? null,
    });

    function answerBy(): Date | null {
      if (to === 'SENT') return workingDaysLater(at, 3);
      if (to !== 'RECEIVED') return to === 'NEEDS_INFO' ? workingDaysLater(at, 10) : null;
      if (step !== 'ANSWER') return workingDaysLater(at, 10);
      // The clock stood from the question on.
      const left = workingDaysLater(asked.respondBy, workingDaysUntil(asked.at, at));
      return left > at ? left : workingDaysLater(at, 1);
    }
  }
  return stays;
}
