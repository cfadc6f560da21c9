import { DecisionForm } from '../instrument/instrument.rules.js';
import { addMonths, berlinDay } from '../shared/calendar.rules.js';
import { INSTRUMENTS_OF_OFFERS, STATE_INSTRUMENT } from './instruments.data.js';
import { demoId, Random } from './random.js';
import type { DemoReferral } from './referrals.js';

/** What is decided with an instrument: for how many months, and what its rules want to know. */
interface Usual {
  readonly form: DecisionForm;
  readonly months: number;
  readonly used?: readonly [number, number];
  readonly unemployed?: readonly [number, number];
  readonly benefit?: readonly [number, number];
}

const USUAL: Readonly<Record<string, Usual>> = {
  'sgb2-16d': { form: DecisionForm.ASSIGNMENT, months: 6, used: [0, 6] },
  'sgb2-16e': { form: DecisionForm.APPROVAL, months: 24, unemployed: [26, 90] },
  'sgb2-16i': { form: DecisionForm.APPROVAL, months: 24, benefit: [72, 84] },
  [STATE_INSTRUMENT.code]: { form: DecisionForm.APPROVAL, months: 24 },
};

/** The decisions on which placements rest: for participants of rounds two that combine, elsewhere what the offer requires. */
export function fundingRows(referrals: readonly DemoReferral[], participants: ReadonlySet<DemoReferral>): object[] {
  return referrals.flatMap(referral => {
    if (!referral.standing.sent_at) return [];
    const required = (INSTRUMENTS_OF_OFFERS[referral.service.offer] ?? []).filter(one => one.required);
    const codes = participants.has(referral)
      ? ['sgb2-16e', STATE_INSTRUMENT.code]
      : required.map(({ instrument }) => instrument);
    return codes.map(code => decisionRow(referral, code));
  });
}

function decisionRow({ id, clientCase, standing }: DemoReferral, code: string) {
  const random = new Random(`funding/${code}/${id}`);
  const { form, months, used, unemployed, benefit } = USUAL[code]!;
  const day = berlinDay(standing.created_at);
  const some = (range: readonly [number, number] | undefined) => (range ? random.int(...range) : null);
  return {
    id: demoId(`funding/${code}/${id}`),
    network_id: clientCase.networkId,
    client_case_id: clientCase.id,
    instrument_code: code,
    form,
    decided_on: day,
    valid_from: day,
    valid_until: addMonths(day, months + 3),
    regions: [],
    category_code: null,
    weekly_hours: random.pick([20, 25, 30]),
    duration_months: months,
    months_used_before: some(used),
    unemployed_months: some(unemployed),
    benefit_months: some(benefit),
    order_type: null,
    referral_id: id,
    went_with: [id],
    disclosed: true,
    withdrawn_on: null,
    version: 2,
    created_at: standing.created_at,
  };
}
