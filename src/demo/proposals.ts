import { PartnerStatus } from '../partner/partner.rules.js';
import { ProposalKind, ProposalStatus, ProposedAs } from '../proposal/proposal.rules.js';
import { type FieldChange, RecordName } from '../record/record.rules.js';
import { accountId } from './cases.js';
import type { PartnerRow } from './directory.js';
import { networkId } from './geography.js';
import type { OfficeTime } from './office-time.js';
import { partnerId } from './partners/partners.js';
import { OF_PERSONAS } from './partners/personas.data.js';
import { PEOPLE } from './people.data.js';
import { demoId } from './random.js';

/** Somebody has registered it, and the coordination of Aachen has yet to decide. */
export function pendingPartner(time: OfficeTime): PartnerRow {
  const at = time.daysAgo(3);
  return {
    id: partnerId(PENDING.key),
    network_id: networkId('aachen'),
    name: PENDING.name,
    status: PartnerStatus.PENDING,
    kinds: PENDING.kinds,
    description: PENDING.about,
    email: null,
    phone: '+49 221 4710 999',
    contacts: [],
    website: `https://www.${PENDING.key}.example`,
    parent_id: null,
    confirmed_at: null,
    version: 1,
    created_at: at,
    updated_at: at,
  };
}

const PENDING = {
  key: 'lotsenpunkt-soerswiesen',
  name: 'Lotsenpunkt Soerswiesen e. V.',
  kinds: ['COUNSELLING_CENTRE'],
  about: 'Ehrenamtliche begleiten zu Ämtern und Ärzten.',
} as const;

interface Said {
  readonly kind: ProposalKind;
  readonly key: string;
  readonly by: string;
  readonly as: ProposedAs;
  readonly daysAgo: number;
  readonly reason: string | null;
  readonly after: Readonly<Record<string, FieldChange['after']>>;
  readonly decided?: { readonly by: string; readonly daysAgo: number; readonly why: string };
}

const { NEW_PARTNER, REVIEW, CORRECTION } = ProposalKind;

/** What waits in the inboxes of the personas, and one that was decided. */
const SAID: readonly Said[] = [
  {
    kind: NEW_PARTNER,
    key: PENDING.key,
    by: 'aachen-2',
    as: ProposedAs.CASEWORK,
    daysAgo: 3,
    reason: 'Begleitet seit dem Frühjahr mehrere meiner Klientinnen.',
    after: { name: PENDING.name, kinds: PENDING.kinds, description: PENDING.about },
  },
  {
    kind: REVIEW,
    key: OF_PERSONAS.aachen.key,
    by: 'partner-aachen',
    as: ProposedAs.PARTNER,
    daysAgo: 1.5,
    reason: null,
    after: { kinds: ['COUNSELLING_CENTRE', 'EMPLOYER', 'TRAINING_PROVIDER'] },
  },
  {
    kind: CORRECTION,
    key: OF_PERSONAS.aachen.key,
    by: 'caseworker-aachen',
    as: ProposedAs.CASEWORK,
    daysAgo: 0.8,
    reason: 'Unter der alten Nummer meldet sich nur eine Ansage.',
    after: { phone: '+49 221 4710 998' },
  },
  {
    kind: CORRECTION,
    key: 'schuldenlotsen-an-der-wurm',
    by: 'aachen-3',
    as: ProposedAs.CASEWORK,
    daysAgo: 6,
    reason: 'So steht es auf dem neuen Türschild.',
    after: { name: 'Schuldenlotsen Wurmtal' },
  },
  {
    kind: CORRECTION,
    key: OF_PERSONAS.wuppertal.key,
    by: 'caseworker-wuppertal',
    as: ProposedAs.CASEWORK,
    daysAgo: 2.2,
    reason: null,
    after: { description: 'Coaching und Suchtberatung im Tal; die Außenstelle auf den Höhen ist geschlossen.' },
  },
  {
    kind: CORRECTION,
    key: OF_PERSONAS.wuppertal.key,
    by: 'wuppertal-2',
    as: ProposedAs.CASEWORK,
    daysAgo: 20,
    reason: 'Die Adresse war nicht erreichbar.',
    after: { website: `https://www.${OF_PERSONAS.wuppertal.key}-neu.example` },
    decided: { by: 'partner-wuppertal', daysAgo: 18, why: 'Das war nur eine Störung, die alte Adresse gilt weiter.' },
  },
];

/** As in the table; changes from what the partners have. */
export function proposalRows(partners: readonly PartnerRow[], time: OfficeTime) {
  const byId = new Map(partners.map(partner => [partner.id, partner]));
  return SAID.map(({ kind, key, by, as, daysAgo, reason, after, decided }, i) => {
    const partner = byId.get(partnerId(key))!;
    const now: Readonly<Record<string, unknown>> = { ...partner };
    const before = (field: string) => (kind === NEW_PARTNER ? NOTHING[field] : now[field]) ?? null;
    return {
      id: demoId(`proposal/${i}`),
      kind,
      status: decided ? ProposalStatus.REJECTED : ProposalStatus.OPEN,
      network_id: partner.network_id,
      partner_id: partner.id,
      record_kind: RecordName.PARTNER,
      record_id: partner.id,
      changes: Object.fromEntries(
        Object.entries(after).map(([field, value]) => [field, { before: before(field), after: value }]),
      ),
      reason,
      proposed_by_id: accountOf(by),
      proposed_as: as,
      decided_by_id: decided ? accountOf(decided.by) : null,
      decided_at: decided ? time.daysAgo(decided.daysAgo) : null,
      decision: decided?.why ?? null,
      version: decided ? 2 : 1,
      created_at: time.daysAgo(daysAgo),
    };
  });
}

/** What a partner has before anything is said of it, where that is not null. */
const NOTHING: Readonly<Record<string, unknown>> = { kinds: [] };

const accountOf = (subject: string): string => accountId(PEOPLE.find(person => person.subject === subject)!);
