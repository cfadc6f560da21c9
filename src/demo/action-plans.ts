import {
  MeasureField,
  MeasureIndicator,
  MeasureStatus,
  MeasureUnit,
  ReadingSource,
} from '../action-plan/action-plan.rules.js';
import { ancestry } from '../category/categories.data.js';
import { FreshnessSubject } from '../confirmation/freshness-subject.rules.js';
import { PUBLISHED } from '../service/service.rules.js';
import { addMonths, berlinDay, monthOf, startOfBerlinDay } from '../shared/calendar.rules.js';
import { accessionId } from './accessions.js';
import { type MeasureSpec, PAST_PLANS, type PlanSpec } from './action-plans.data.js';
import { networkId } from './geography.js';
import { partnerId } from './partners/partners.js';
import { demoId } from './random.js';
import type { DemoService } from './services.js';
import type { Tables } from './world.js';

/** The plans that are over, one that runs, which the hub goes on to measure by itself, and a draft. */
export function actionPlanRows(services: readonly DemoService[], now: Date): Tables {
  const plans: PlanSpec[] = [...PAST_PLANS, runningPlan(services, now), draftPlan(now)];
  const measures = plans.flatMap(plan => plan.measures.map((measure, position) => ({ plan, measure, position })));
  return [
    ['action_plan', plans.map(planRow)],
    ['plan_measure', measures.map(({ plan, measure, position }) => measureRow(plan, measure, position))],
    [
      'plan_measure_service',
      measures.flatMap(({ plan, measure }) =>
        servicesAbout(services, plan.network, measure.about ?? []).map(({ row }) => ({
          measure_id: measureId(plan, measure),
          service_id: row.id,
        })),
      ),
    ],
    ['measure_reading', measures.flatMap(({ plan, measure }) => readingRows(plan, measure))],
    ['measure_review', measures.flatMap(({ plan, measure }) => reviewRows(plan, measure))],
  ];
}

const planId = ({ key }: Pick<PlanSpec, 'key'>): string => demoId(`action-plan/${key}`);
const measureId = (plan: Pick<PlanSpec, 'key'>, { key }: MeasureSpec): string => demoId(`measure/${plan.key}/${key}`);

const planRow = (plan: PlanSpec) => ({
  id: planId(plan),
  network_id: networkId(plan.network),
  accession_id: plan.ofAccession ? accessionId(plan.network) : null,
  title: plan.title,
  from: plan.from,
  until: plan.until,
  adopted_on: plan.adoptedOn,
  closed_on: plan.closedOn,
  published: plan.published,
  version: 1,
});

const measureRow = (plan: PlanSpec, measure: MeasureSpec, position: number) => ({
  id: measureId(plan, measure),
  plan_id: planId(plan),
  network_id: networkId(plan.network),
  position,
  field: measure.field,
  title: measure.title,
  description: measure.description,
  owner: measure.owner,
  partner_id: measure.partner ? partnerId(measure.partner) : null,
  needs: measure.needs,
  starts_on: measure.startsOn,
  due_on: measure.dueOn,
  status: measure.status,
  unit: measure.unit,
  baseline: measure.baseline,
  target: measure.target,
  indicator: measure.indicator ?? MeasureIndicator.MANUAL,
  topic: measure.topic ?? null,
  category_code: measure.category ?? null,
  outcome: null,
  subject: measure.subject ?? null,
  since: measure.since ?? null,
  version: 1,
});

const readingRows = (plan: PlanSpec, measure: MeasureSpec) =>
  measure.readings.map(([day, value]) => ({
    id: demoId(`reading/${measureId(plan, measure)}/${day}`),
    measure_id: measureId(plan, measure),
    read_on: day,
    value,
    source: measure.indicator ? ReadingSource.MEASURED : ReadingSource.BY_HAND,
    note: null,
    read_at: startOfBerlinDay(day),
  }));

const reviewRows = (plan: PlanSpec, measure: MeasureSpec) =>
  (measure.reviews ?? []).map(({ on, note, decision, next, before }) => ({
    id: demoId(`review/${measureId(plan, measure)}/${on}`),
    measure_id: measureId(plan, measure),
    reviewed_on: on,
    note,
    decision,
    next_review_on: next ?? null,
    target_before: before?.target ?? null,
    due_before: before?.dueOn ?? null,
    created_at: startOfBerlinDay(on),
  }));

/** The published services of a network in one of the categories or below it. */
const servicesAbout = (services: readonly DemoService[], network: string, categories: readonly string[]) =>
  services.filter(
    ({ row, categories: own }) =>
      row.network_id === networkId(network) &&
      PUBLISHED.includes(row.status) &&
      own.some(code => ancestry(code).some(above => categories.includes(above))),
  );

const partnersIn = (services: readonly DemoService[], network: string, category: string): number =>
  new Set(servicesAbout(services, network, [category]).map(({ row }) => row.partner_id)).size;

/** Months of the past that the hub has measured; the one that runs is measured by its clock. */
const MEASURED_MONTHS = 7;

const firstsOfMonths = (month: string): string[] =>
  Array.from({ length: MEASURED_MONTHS }, (_, i) => addMonths(month, i - MEASURED_MONTHS));

/** Per cent of Bochum's staff who are trained on mental illness, before and after the last course: see COURSES. */
const TRAINED = { first: 66, last: 86 };

/** Bochum today: each measure ends where the directory stands, so that the next reading of the clock goes on from it. */
function runningPlan(services: readonly DemoService[], now: Date): PlanSpec {
  const month = monthOf(berlinDay(now));
  const from = addMonths(month, -MEASURED_MONTHS);
  const until = addMonths(month, 14);
  const rising = (last: number, step: number) =>
    firstsOfMonths(month).map((day, i): [string, number] => [
      day,
      Math.max(0, last - step * Math.ceil((MEASURED_MONTHS - 1 - i) / 2)),
    ]);
  const addiction = partnersIn(services, 'bochum', 'addiction-counselling');
  const psychosocial = partnersIn(services, 'bochum', 'psychosocial-counselling');
  const measure = { startsOn: from, dueOn: addMonths(month, 12), status: MeasureStatus.UNDER_WAY } as const;
  return {
    key: 'bochum-running',
    network: 'bochum',
    title: 'Aktionsplan Gesundheit und Arbeit',
    from,
    until,
    adoptedOn: from,
    closedOn: null,
    published: true,
    measures: [
      {
        ...measure,
        key: 'addiction-partners',
        field: MeasureField.NETWORK,
        title: 'Mehr Anlaufstellen bei Sucht',
        description: 'Auch Selbsthilfe und Nachsorge gehören dazu.',
        owner: 'Netzwerkkoordination',
        partner: 'suchtberatung-querschlag',
        needs: ['addiction'],
        about: ['addiction-counselling'],
        unit: MeasureUnit.COUNT,
        baseline: Math.max(0, addiction - 3),
        target: addiction + 3,
        indicator: MeasureIndicator.PARTNERS_IN_CATEGORY,
        category: 'addiction-counselling',
        readings: rising(addiction, 1),
      },
      {
        ...measure,
        key: 'mental-illness-partners',
        field: MeasureField.NETWORK,
        title: 'Psychosoziale Beratung in jedem Stadtbezirk',
        description: 'Sechs Bezirke, eine Anlaufstelle in jedem.',
        owner: 'Netzwerkkoordination',
        partner: 'zentrum-psyche-und-arbeit-ruhrbogen',
        needs: ['mental-illness'],
        about: ['psychosocial-counselling'],
        unit: MeasureUnit.COUNT,
        baseline: Math.max(0, psychosocial - 2),
        target: psychosocial + 6,
        indicator: MeasureIndicator.PARTNERS_IN_CATEGORY,
        category: 'psychosocial-counselling',
        readings: rising(psychosocial, 1),
      },
      {
        ...measure,
        key: 'training-mental-illness',
        field: MeasureField.TRAINING,
        title: 'Wissen zu psychischen Erkrankungen auffrischen',
        description: 'Eine Schulung gilt drei Jahre; wer neu ist, kommt dazu.',
        owner: 'Personalentwicklung des Jobcenters',
        partner: 'zentrum-psyche-und-arbeit-ruhrbogen',
        needs: ['mental-illness'],
        unit: MeasureUnit.PERCENT,
        baseline: TRAINED.first,
        target: 95,
        indicator: MeasureIndicator.STAFF_TRAINED,
        topic: 'mental-illness',
        // The last course was two months ago: see COURSES.
        readings: firstsOfMonths(month).map(day => [
          day,
          day < addMonths(berlinDay(now), -2) ? TRAINED.first : TRAINED.last,
        ]),
      },
      {
        ...measure,
        key: 'fresh-services',
        field: MeasureField.INFORMATION,
        title: 'Angaben der Angebote aktuell halten',
        description: 'Anteil der Angebote, die in den letzten 30 Tagen bestätigt wurden.',
        owner: 'Netzwerkkoordination',
        needs: [],
        unit: MeasureUnit.PERCENT,
        baseline: 20,
        target: 80,
        indicator: MeasureIndicator.FRESHNESS,
        subject: FreshnessSubject.SERVICES,
        readings: rising(38, 6),
      },
      {
        ...measure,
        key: 'case-talks',
        field: MeasureField.PLACEMENT,
        title: 'Gemeinsame Fallbesprechungen mit Beratungsstellen',
        description: 'Ohne Namen, einmal im Monat.',
        owner: 'Teamleitung Fallmanagement',
        needs: ['addiction', 'mental-illness'],
        unit: MeasureUnit.COUNT,
        baseline: 0,
        target: 18,
        readings: rising(6, 2),
      },
    ],
  };
}

/** What Dortmund writes for the sequel of the agreement; its coordinator alone sees it. */
function draftPlan(now: Date): PlanSpec {
  const month = monthOf(berlinDay(now));
  const from = addMonths(month, 2);
  return {
    key: 'dortmund-draft',
    network: 'dortmund',
    title: 'Aktionsplan Inklusion (Entwurf)',
    from,
    until: addMonths(from, 24),
    adoptedOn: null,
    closedOn: null,
    published: false,
    measures: [
      {
        key: 'coaching',
        field: MeasureField.PLACEMENT,
        title: 'Coaching neben der geförderten Stelle',
        description: 'Wer gefördert arbeitet, wird von Anfang an begleitet.',
        owner: 'Fachbereich Beschäftigung',
        needs: ['long-term-unemployed'],
        startsOn: from,
        dueOn: addMonths(from, 12),
        status: MeasureStatus.PLANNED,
        unit: MeasureUnit.PERCENT,
        baseline: 60,
        target: 95,
        readings: [],
      },
    ],
  };
}
