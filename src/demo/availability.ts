import { AgeGroup, answerByOf, DEFAULT_WITHIN_DAYS, takesAgeGroup } from '../availability/availability.rules.js';
import { ancestry } from '../category/categories.data.js';
import { ServiceStatus } from '../service/service.rules.js';
import { addDays, berlinDay } from '../shared/calendar.rules.js';
import { Role } from '../viewer/viewer.rules.js';
import { accountId } from './cases.js';
import { networkId } from './geography.js';
import type { OfficeTime } from './office-time.js';
import { type DemoPerson, PEOPLE } from './people.data.js';
import { demoId, Random } from './random.js';
import type { DemoService } from './services.js';

/** What the caseworkers asked, newest first, and so many office days ago. */
const ASKED: readonly (readonly [daysAgo: readonly [number, number], category: string, who: Who])[] = [
  [[0.3, 0.8], 'job-coaching', { languages: ['uk'], ageGroup: AgeGroup.FROM_25_TO_54 }],
  [[1.5, 2.5], 'addiction-counselling', { languages: [], ageGroup: null }],
  [[6, 9], 'language-course', { languages: ['ar', 'en'], ageGroup: AgeGroup.FROM_18_TO_24 }],
  [[25, 40], 'debt-counselling', { languages: [], ageGroup: null }],
];

interface Who {
  readonly languages: readonly string[];
  readonly ageGroup: AgeGroup | null;
}

/** Questions for free places, as they went to services, and what these answered. */
export function availabilityRows(services: readonly DemoService[], time: OfficeTime) {
  const asked = PEOPLE.filter(({ role }) => role === Role.CASEWORKER).flatMap(person =>
    askedBy(person, services, time),
  );
  return { questions: asked.map(({ question }) => question), requests: asked.flatMap(({ requests }) => requests) };
}

function askedBy(person: DemoPerson, services: readonly DemoService[], time: OfficeTime) {
  const network = networkId(person.network!);
  return ASKED.flatMap(([range, category, who]) => {
    const name = `${person.subject}/${category}`;
    const random = new Random(`availability/${name}`);
    const fitting = services.filter(service => service.row.network_id === network && fits(service, category, who));
    if (!random.chance(0.6) || fitting.length === 0) return [];
    const askedAt = time.daysAgo(random.within(range));
    const times = { asked_at: askedAt, answer_by: answerByOf(askedAt) };
    const asker = { network_id: network, asked_by_id: accountId(person) };
    const id = demoId(`availability/${name}`);
    const profile = { category_code: category, languages: who.languages, age_group: who.ageGroup, accessibility: [] };
    return {
      question: { id, ...asker, ...profile, within_days: DEFAULT_WITHIN_DAYS, ...times },
      requests: fitting.map((service, position) => ({
        id: demoId(`availability/${name}/${service.row.id}`),
        question_id: id,
        ...asker,
        service_id: service.row.id,
        partner_id: service.row.partner_id,
        position,
        ...times,
        ...answerOf(service, askedAt, random),
      })),
    };
  });
}

const fits = ({ row, categories }: DemoService, category: string, { languages, ageGroup }: Who): boolean =>
  row.status === ServiceStatus.ACTIVE &&
  row.intake_paused_until === null &&
  categories.some(code => ancestry(code).includes(category)) &&
  (languages.length === 0 || languages.some(language => row.languages.includes(language))) &&
  takesAgeGroup({ minimumAge: row.minimum_age, maximumAge: row.maximum_age }, ageGroup);

/** Who has reported places since has answered then, as a rule: what is reported now is the newer word. */
function answerOf({ places: { reportedAt } }: DemoService, askedAt: Date, random: Random) {
  const answers = random.chance(0.8);
  const [share, places, later, wait] = [random.next(), random.int(0, 3), random.chance(0.3), random.int(1, 6)];
  if (!answers || !reportedAt || reportedAt <= askedAt)
    return { answered_at: null, places: null, free_from: null, expected_wait_days: null };
  const answeredAt = new Date(askedAt.getTime() + share * (reportedAt.getTime() - askedAt.getTime()));
  const freeFrom = places > 0 && later ? berlinDay(addDays(answeredAt, wait)) : null;
  return {
    answered_at: answeredAt,
    places,
    free_from: freeFrom,
    expected_wait_days: places === 0 ? wait * 7 : null,
  };
}
