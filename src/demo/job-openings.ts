import { JobOpeningStatus, PayPeriod } from '../job-opening/job-opening.rules.js';
import { addDays, addMonths, berlinDay } from '../shared/calendar.rules.js';
import type { PartnerRow } from './directory.js';
import { JOB_OPENINGS, type OpeningSpec } from './job-openings.data.js';
import type { OfficeTime } from './office-time.js';
import { partnerId } from './partners/partners.js';
import { demoId, Random } from './random.js';
import type { SiteRow } from './sites.js';
import type { Tables } from './world.js';

/** Job openings of the employers, entered within the last weeks and listed for some to come. */
export function jobOpeningRows(
  partners: readonly PartnerRow[],
  locations: readonly SiteRow[],
  time: OfficeTime,
): Tables {
  const openings = Object.entries(JOB_OPENINGS).flatMap(([key, specs]) => {
    const partner = partners.find(({ id }) => id === partnerId(key));
    if (!partner) throw new Error(`${key} is no partner of the demo world`);
    const sites = locations.filter(({ partner_id }) => partner_id === partner.id);
    return specs.map((spec, number) => ({ spec, row: openingRow(spec, `${key}/${number}`, partner, sites, time) }));
  });
  return [
    ['job_opening', openings.map(({ row }) => row)],
    [
      'job_opening_need',
      openings.flatMap(({ spec, row }) => spec.needs.map(need_code => ({ job_opening_id: row.id, need_code }))),
    ],
  ];
}

function openingRow(spec: OpeningSpec, name: string, partner: PartnerRow, sites: readonly SiteRow[], time: OfficeTime) {
  const random = new Random(`job-opening/${name}`);
  const entered = time.daysAgo(random.between(1, 30));
  const today = berlinDay(time.now);
  const startsOn = random.chance(0.5) ? null : addMonths(`${today.slice(0, 7)}-01`, random.int(1, 3));
  return {
    id: demoId(`job-opening/${name}`),
    partner_id: partner.id,
    network_id: partner.network_id,
    title: spec.title,
    occupation: spec.occupation,
    description: spec.description,
    status: JobOpeningStatus.OPEN,
    positions: random.int(1, 3),
    valid_until: berlinDay(addDays(time.now, random.int(30, 90))),
    hours_from: spec.hours[0],
    hours_to: spec.hours[1],
    pay_from_cents: spec.pay[0],
    pay_to_cents: spec.pay[1],
    pay_per: PayPeriod.HOUR,
    collective_agreement: spec.agreement ?? null,
    starts_on: startsOn,
    fixed_term_until: spec.fixedTerm ? addMonths(startsOn ?? `${today.slice(0, 7)}-01`, 12 * spec.fixedTerm) : null,
    requirements: spec.requirements ?? null,
    languages: spec.languages,
    location_id: random.pick(sites).id,
    confirmed_at: entered,
    version: 1,
    created_at: entered,
    updated_at: entered,
  };
}
