import type { Random } from '../../src/demo/random.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { documentOf, type Step, variablesOf } from '../support/referral-steps.js';
import type { Caseworker, District, Person } from './district.js';
import { daysLater, localDay } from './working-days.js';

/** What somebody sees of a referral on her list. */
interface Item {
  id: string;
  status: string;
  openSteps: Step[];
  waitingFor: string | null;
  createdAt: string;
  resumeOn: string | null;
}

const OPEN = ['SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD'];

const WORDS = 'Das haben wir so besprochen.';

/** What a partner does with what stands there, each as likely as its weight; LATER: nothing for now. */
const PARTNERS_WAYS: Readonly<Record<string, Partial<Record<Step | 'LATER', number>>>> = {
  SENT: { ACKNOWLEDGE: 50, ACCEPT: 20, ASK: 10, WAITLIST: 8, DECLINE: 12 },
  RECEIVED: { ACCEPT: 50, ASK: 10, WAITLIST: 15, DECLINE: 25 },
  WAITLISTED: { ACCEPT: 20, DECLINE: 2, LATER: 78 },
  ACCEPTED: { SCHEDULE: 50, START: 40, ABORT: 5, LATER: 5 },
  SCHEDULED: { START: 50, SCHEDULE: 10, ABORT: 5, LATER: 35 },
  IN_PROGRESS: { COMPLETE: 2, HOLD: 1, ABORT: 1, LATER: 96 },
  ON_HOLD: { RESUME: 90, ABORT: 10 },
};

/** How the people of a district work: each sees what the hub shows her, and does what is open to her there. */
export class Office {
  /** What was done, and what was refused with which code. */
  readonly tally = new Map<string, number>();
  /** Open referrals that somebody saw without an owner of the next step. */
  readonly ownerless: string[] = [];
  /** The days on which referrals on hold were to go on, in order. */
  readonly rests = new Map<string, string[]>();
  readonly referrals = new Set<string>();
  requests = 0;

  constructor(
    private readonly district: District,
    private readonly random: Random,
    private readonly now: () => Date,
  ) {}

  async partnerLooks(person: Person): Promise<void> {
    for (const item of await this.list(person, OPEN)) {
      if (!this.random.chance(person.acts)) continue;
      if (item.status === 'ON_HOLD' && item.resumeOn! > localDay(this.now())) continue;
      const step = this.partnersWay(item);
      if (!step) continue;
      const refusal = await this.take(person, step, item.id);
      if (refusal !== 'NO_CAPACITY' || step !== 'ACCEPT' || item.status === 'WAITLISTED') continue;
      const waits = item.openSteps.includes('WAITLIST') ? await this.take(person, 'WAITLIST', item.id) : 'closed';
      if (waits && this.random.chance(0.6)) await this.take(person, 'DECLINE', item.id);
    }
  }

  async caseworkerLooks(person: Caseworker): Promise<void> {
    for (const item of await this.list(person, ['DRAFT', ...OPEN])) {
      const step = this.caseworkersWay(person, item);
      if (step && item.openSteps.includes(step)) await this.take(person, step, item.id);
    }
    if (this.random.chance(0.005)) await this.revoke(person);
  }

  async coordinatorLooks(person: Person): Promise<void> {
    for (const { id, waitingFor, openSteps } of await this.list(person, OPEN)) {
      const acts = waitingFor === 'COORDINATOR' && openSteps.includes('ABORT') && this.random.chance(person.acts * 0.3);
      if (acts) await this.take(person, 'ABORT', id);
    }
    if (!this.random.chance(0.05)) return;
    const ended = await this.page(person, ['COMPLETED', 'ABORTED'], null);
    const one = ended.items.find(item => item.openSteps.includes('REOPEN'));
    if (one) await this.take(person, 'REOPEN', one.id);
  }

  /** One case is referred: for the first time, to several services, or on from where it came to nothing. */
  async refer(person: Caseworker): Promise<void> {
    if (this.random.chance(0.08)) return this.offer(person);
    const parent = this.random.chance(0.15) ? await this.parent(person) : null;
    const input = {
      clientCase: parent?.clientCase.id ?? this.random.pick(person.cases).id,
      service: this.random.pick(this.district.services).id,
      basis: this.random.chance(0.7) ? 'CONSENT' : 'STATUTORY_TASK',
      urgent: this.random.chance(0.1),
      parent: parent?.id ?? null,
    };
    const { referral, userErrors } = await this.ask(person, DRAFT, { input });
    if (!referral) return this.count(`DRAFT ${userErrors[0].code}`);
    this.referrals.add(referral.id);
    this.count(parent ? 'referred on' : 'DRAFT');
    if (this.random.chance(0.1)) return; // sent when she looks at her list again
    let refusal = await this.take(person, 'SEND', referral.id);
    if (refusal === 'BASIS_MISSING') {
      await this.agree(person, input.clientCase);
      refusal = await this.take(person, 'SEND', referral.id);
    }
    if (refusal) await this.take(person, 'CANCEL', referral.id);
  }

  /** The client consents, for another while. */
  private async agree(person: Person, clientCase: string): Promise<void> {
    const validUntil = localDay(daysLater(this.now(), this.random.int(20, 200)));
    const input = { clientCase, category: 'job-coaching', givenOn: localDay(this.now()), validUntil };
    await this.ask(person, CONSENT, { input });
    this.count('consent');
  }

  private async offer(person: Caseworker): Promise<void> {
    const services = this.district.services.filter(one => one.level !== FeedbackLevel.NONE);
    const input = {
      clientCase: this.random.pick(person.cases).id,
      services: this.random.some(services, this.random.int(2, 3)).map(one => one.id),
      basis: 'STATUTORY_TASK',
    };
    const { referrals, userErrors } = await this.ask(person, OFFER, { input });
    this.count(referrals ? 'OFFER' : `OFFER ${userErrors[0].code}`);
    for (const { id } of referrals ?? []) this.referrals.add(id);
  }

  private async parent(person: Caseworker): Promise<{ id: string; clientCase: { id: string } } | null> {
    const { nodes } = await this.ask(person, CAME_TO_NOTHING, {});
    return nodes.find((one: { children: unknown[] }) => one.children.length === 0) ?? null;
  }

  private async revoke(person: Caseworker): Promise<void> {
    const { consents } = this.random.pick(person.cases);
    await this.ask(person, REVOKE, { id: this.random.pick(consents) });
    this.count('consent revoked');
  }

  private partnersWay({ status, openSteps }: Item): Step | null {
    const ways = Object.entries(PARTNERS_WAYS[status] ?? {}) as [Step | 'LATER', number][];
    const open = ways.filter(([step]) => step === 'LATER' || openSteps.includes(step));
    const step = open.length > 0 ? this.random.weighted(open) : 'LATER';
    return step === 'LATER' ? null : step;
  }

  private caseworkersWay(person: Person, { status, waitingFor, createdAt }: Item): Step | null {
    const { random } = this;
    if (random.chance(0.001)) return random.pick(['CANCEL', 'MARK_AS_ERROR']);
    if (!random.chance(person.acts)) return null;
    if (status === 'DRAFT') return random.chance(0.1) ? 'CANCEL' : 'SEND';
    if (status === 'NEEDS_INFO') return 'ANSWER';
    if (status === 'WAITLISTED' && waitingFor === 'CASEWORKER') return random.chance(0.1) ? 'CANCEL' : 'RECONFIRM';
    // Of some services nothing more is ever heard.
    return status === 'SENT' && daysLater(new Date(createdAt), 60) < this.now() ? 'CANCEL' : null;
  }

  /** The code of the refusal, or null. */
  private async take(person: Person, step: Step, id: string): Promise<string | null> {
    const said = this.said(step);
    const { userErrors } = await this.ask(person, documentOf(step, 'id'), variablesOf(step, id, said));
    const code: string | null = userErrors[0]?.code ?? null;
    this.count(code ? `${step} ${code}` : step);
    if (step === 'HOLD' && !code) this.rests.set(id, [...(this.rests.get(id) ?? []), String(said.resumeOn)]);
    return code;
  }

  private said(step: Step): Record<string, string | boolean> {
    const { random } = this;
    const inDays = (least: number, most: number): Date => daysLater(this.now(), random.int(least, most));
    if (step === 'ACCEPT') return { outOfOrderReason: WORDS };
    if (step === 'SCHEDULE') return { at: inDays(1, 20).toISOString() };
    if (step === 'HOLD') return { resumeOn: localDay(inDays(5, 170)), keepPlace: random.chance(0.5) };
    if (step === 'DECLINE')
      return { reason: random.pick(['NO_CAPACITY', 'NOT_ELIGIBLE', 'NOT_REACHABLE', 'OTHER']), text: WORDS };
    if (step === 'ABORT') return { reason: random.pick(['NO_SHOW', 'DROPPED_OUT', 'OTHER']), text: WORDS };
    if (step === 'CANCEL')
      return { reason: random.pick(['SITUATION_CHANGED', 'CLIENT_DECLINES', 'OTHER']), text: WORDS };
    return {};
  }

  private async list(person: Person, statuses: readonly string[]): Promise<Item[]> {
    const items: Item[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await this.page(person, statuses, after);
      items.push(...page.items);
      [after, more] = [page.after, page.more];
    }
    this.ownerless.push(
      ...items.filter(one => one.waitingFor === null).map(one => `${person.name}: ${one.id} ${one.status}`),
    );
    return items;
  }

  private async page(person: Person, statuses: readonly string[], after: string | null) {
    const { nodes, pageInfo } = await this.ask(person, LIST, { statuses, after });
    return {
      items: nodes as Item[],
      after: pageInfo.endCursor as string | null,
      more: pageInfo.hasNextPage as boolean,
    };
  }

  private async ask(person: Person, query: string, variables: object) {
    this.requests += 1;
    const { data, errors } = await person.ask(query, variables);
    if (errors) throw new Error(`${person.name}: ${JSON.stringify(errors)} to ${JSON.stringify(variables)}`);
    return data.answer;
  }

  private count(what: string): void {
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1);
  }
}

const LIST = `query ($statuses: [ReferralStatus!], $after: String) {
  answer: referrals(first: 100, after: $after, filter: { statuses: $statuses }) {
    nodes { id status openSteps waitingFor createdAt resumeOn }
    pageInfo { hasNextPage endCursor } } }`;
const CAME_TO_NOTHING = `{ answer: referrals(first: 10, filter: { statuses: [DECLINED, EXPIRED, ABORTED] }) {
    nodes { id clientCase { id } children { id } } } }`;
const DRAFT = `mutation ($input: ReferralDraftInput!) {
  answer: referralDraft(input: $input) { referral { id } userErrors { code } } }`;
const OFFER = `mutation ($input: ReferralOfferInput!) {
  answer: referralOffer(input: $input) { referrals { id } userErrors { code } } }`;
const CONSENT = `mutation ($input: ConsentRecordInput!) {
  answer: consentRecord(input: $input) { userErrors { code } } }`;
const REVOKE = 'mutation ($id: ID!) { answer: consentRevoke(id: $id) { userErrors { code } } }';
