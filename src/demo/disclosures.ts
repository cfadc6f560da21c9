import { NEEDS } from '../need/needs.data.js';
import { DisclosureBasis, GRACE_AFTER } from '../referral/referral.rules.js';
import { DEFAULT_LIMITS } from '../referral-clock/referral-limits.rules.js';
import { pseudonymFor } from '../referral-step/referral-send.actions.js';
import { addDays, berlinDay, endOfBerlinDay } from '../shared/calendar.rules.js';
import type { Secrets } from '../shared/secrets.js';
import type { ConsentRow } from './consents.js';
import type { DemoReferral } from './referrals.js';

/** As in the table. */
export interface DisclosureRow {
  readonly referral_id: string;
  readonly network_id: string;
  readonly partner_id: string;
  readonly note: string | null;
  readonly pseudonym: string | null;
  readonly municipality_key: string | null;
  readonly needs: readonly string[];
  readonly languages: readonly string[];
  readonly age: number | null;
  readonly disclosed_at: Date | null;
  readonly readable_until: Date | null;
}

const SENSITIVE: ReadonlySet<string> = new Set(NEEDS.filter(({ sensitive }) => sensitive).map(({ code }) => code));

/** What the partner was told with the sending; of a draft only the note stands there, and nobody reads it. */
export function buildDisclosure(referral: DemoReferral, consent: ConsentRow | null, secrets: Secrets): DisclosureRow {
  const { id, clientCase, service, note, basis, standing } = referral;
  const row = {
    referral_id: id,
    network_id: clientCase.networkId,
    partner_id: service.row.partner_id,
    note,
  };
  if (!standing.sent_at) return { ...row, ...UNTOLD };
  const needs = clientCase.needs.filter(need => basis === DisclosureBasis.CONSENT || !SENSITIVE.has(need));
  return {
    ...row,
    pseudonym: pseudonymFor(secrets.sign('pseudonym', `${clientCase.id}:${service.row.partner_id}`)),
    municipality_key: clientCase.municipalityKey,
    needs,
    languages: clientCase.languages,
    age: clientCase.birthYear === null ? null : Number(berlinDay(standing.sent_at).slice(0, 4)) - clientCase.birthYear,
    disclosed_at: standing.sent_at,
    readable_until: readableUntil(referral, consent),
  };
}

const UNTOLD = {
  pseudonym: null,
  municipality_key: null,
  needs: [],
  languages: [],
  age: null,
  disclosed_at: null,
  readable_until: null,
};

/** With the end of the referral, or some days after it; never longer than the consent. */
function readableUntil({ standing }: DemoReferral, consent: ConsentRow | null): Date | null {
  const { status, ended_at } = standing;
  const end = ended_at && (GRACE_AFTER.includes(status) ? addDays(ended_at, DEFAULT_LIMITS.graceDays) : ended_at);
  const consented = consent && endOfBerlinDay(consent.valid_until);
  if (!end || !consented) return end ?? consented;
  return new Date(Math.min(end.getTime(), consented.getTime()));
}
