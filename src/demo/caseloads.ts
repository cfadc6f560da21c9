import { toldPeople } from '../action-plan/action-plan.rules.js';
import { ClientCaseStatus } from '../client-case/client-case.rules.js';
import { NEEDS } from '../need/needs.data.js';
import { SMALLEST_CELL } from '../referral-follow-up/sustained-integration.rules.js';
import { berlinDay, monthOf, startOfBerlinDay } from '../shared/calendar.rules.js';
import type { DemoCase } from './cases.js';
import { NETWORKS } from './geography.data.js';
import { networkId } from './geography.js';

/** As in the table. */
interface CaseloadRow {
  readonly network_id: string;
  readonly need_code: string;
  readonly counted_on: string;
  readonly cases: number | null;
  readonly all_cases: number | null;
}

/** What the clock counted on the first of this month, of the cases that are open still. @param openedAt by id of the case */
export function caseloadRows(
  cases: readonly DemoCase[],
  openedAt: ReadonlyMap<string, Date>,
  now: Date,
): CaseloadRow[] {
  const countedOn = monthOf(berlinDay(now));
  const then = startOfBerlinDay(countedOn);
  const told = (count: number) => toldPeople(count, SMALLEST_CELL);
  return NETWORKS.flatMap(({ slug }) => {
    const open = cases.filter(
      ({ id, networkId: network, status }) =>
        network === networkId(slug) && status === ClientCaseStatus.OPEN && openedAt.get(id)! < then,
    );
    return NEEDS.map(({ code }) => ({
      network_id: networkId(slug),
      need_code: code,
      counted_on: countedOn,
      cases: told(open.filter(({ needs }) => needs.includes(code)).length),
      all_cases: told(open.length),
    }));
  });
}
