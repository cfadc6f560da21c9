import {
  MeasureField,
  MeasureIndicator,
  MeasureStatus,
  MeasureUnit,
  ReviewDecision,
} from '../action-plan/action-plan.rules.js';
import type { FreshnessSubject } from '../confirmation/freshness-subject.rules.js';

/** Days are YYYY-MM-DD. Figures are invented where the documents give none. */
export interface MeasureSpec {
  readonly key: string;
  readonly field: MeasureField;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  /** Key of a partner of the network. */
  readonly partner?: string;
  readonly needs: readonly string[];
  /** Categories of the network's services that it is about. */
  readonly about?: readonly string[];
  readonly startsOn: string;
  readonly dueOn: string;
  readonly status: MeasureStatus;
  readonly unit: MeasureUnit;
  readonly baseline: number;
  readonly target: number;
  readonly indicator?: MeasureIndicator;
  readonly topic?: string;
  readonly category?: string;
  readonly subject?: FreshnessSubject;
  readonly since?: string;
  readonly readings: readonly (readonly [day: string, value: number])[];
  readonly reviews?: readonly {
    readonly on: string;
    readonly note: string;
    readonly decision: ReviewDecision;
    readonly next?: string;
    /** With ADJUST: what it was. */
    readonly before?: { readonly target: number; readonly dueOn: string };
  }[];
}

export interface PlanSpec {
  readonly key: string;
  readonly network: string;
  readonly title: string;
  readonly from: string;
  readonly until: string;
  readonly adoptedOn: string | null;
  readonly closedOn: string | null;
  readonly published: boolean;
  /** Whether it is the catalogue of the accession of 2018. */
  readonly ofAccession?: boolean;
  readonly measures: readonly MeasureSpec[];
}

const { TRAINING, NETWORK, ACCESSIBILITY, PLACEMENT, INFORMATION } = MeasureField;
const { DONE } = MeasureStatus;
const { PERCENT, COUNT, PEOPLE } = MeasureUnit;

/** Bochum 2018: what the Jobcenter set out to do with its accession. */
export const BOCHUM_2018: PlanSpec = {
  key: 'bochum-2018',
  network: 'bochum',
  title: 'Aktionsplan Inklusion 2018/2019',
  from: '2018-05-07',
  until: '2019-12-31',
  adoptedOn: '2018-05-07',
  closedOn: '2020-01-31',
  published: true,
  ofAccession: true,
  measures: [
    {
      key: 'training-mental-illness',
      field: TRAINING,
      title: 'Alle Integrationsfachkräfte zu psychischen Erkrankungen schulen',
      description: 'Zweitägige Schulungen je Team, verteilt über zwei Jahre.',
      owner: 'Personalentwicklung des Jobcenters',
      needs: ['mental-illness'],
      startsOn: '2018-05-14',
      dueOn: '2019-12-31',
      status: DONE,
      unit: PERCENT,
      baseline: 0,
      target: 100,
      indicator: MeasureIndicator.STAFF_TRAINED,
      topic: 'mental-illness',
      readings: [
        ['2018-07-02', 9],
        ['2018-10-01', 24],
        ['2019-01-07', 41],
        ['2019-04-01', 58],
        ['2019-07-01', 73],
        ['2019-10-01', 88],
        ['2019-12-31', 100],
      ],
      reviews: [
        {
          on: '2018-12-12',
          note: 'Die Termine sind gut besucht; wer krank war, wird im Frühjahr nachgeholt.',
          decision: ReviewDecision.CONTINUE,
          next: '2019-06-12',
        },
      ],
    },
    {
      key: 'training-addiction',
      field: TRAINING,
      title: 'Alle Integrationsfachkräfte zu Suchterkrankungen schulen',
      description: 'Schulungen mit der Suchtberatung vor Ort, danach Hospitationen.',
      owner: 'Personalentwicklung des Jobcenters',
      partner: 'suchtberatung-querschlag',
      needs: ['addiction'],
      about: ['addiction-counselling'],
      startsOn: '2018-05-14',
      dueOn: '2019-12-31',
      status: DONE,
      unit: PERCENT,
      baseline: 0,
      target: 100,
      indicator: MeasureIndicator.STAFF_TRAINED,
      topic: 'addiction',
      readings: [
        ['2018-07-02', 0],
        ['2018-10-01', 17],
        ['2019-01-07', 33],
        ['2019-04-01', 52],
        ['2019-07-01', 66],
        ['2019-10-01', 81],
        ['2019-12-31', 94],
      ],
      reviews: [
        {
          on: '2019-06-12',
          note: 'Zwei Teams fehlen noch, für den Herbst sind Termine vereinbart.',
          decision: ReviewDecision.CONTINUE,
          next: '2019-12-11',
        },
      ],
    },
    {
      key: 'network',
      field: NETWORK,
      title: 'Netzwerk für psychische Erkrankungen und Sucht neu ordnen',
      description:
        'Verbindliche Absprachen mit den Beratungsstellen: wer nimmt wen auf, wie schnell, und wer fragt nach.',
      owner: 'Netzwerkkoordination',
      partner: 'zentrum-psyche-und-arbeit-ruhrbogen',
      needs: ['addiction', 'mental-illness'],
      about: ['addiction-counselling', 'psychosocial-counselling'],
      startsOn: '2018-05-14',
      dueOn: '2019-06-30',
      status: DONE,
      unit: COUNT,
      baseline: 3,
      target: 12,
      readings: [
        ['2018-07-02', 4],
        ['2018-10-01', 6],
        ['2019-01-07', 8],
        ['2019-04-01', 10],
        ['2019-06-28', 12],
      ],
    },
    {
      key: 'sites',
      field: ACCESSIBILITY,
      title: 'Alle sieben Standorte auf Barrierefreiheit prüfen',
      description: 'Prüfung vor Ort nach dem Kriterienkatalog, mit Befunden und Belegen.',
      owner: 'Liegenschaften und Schwerbehindertenvertretung',
      needs: ['severe-disability', 'physical-disability'],
      startsOn: '2018-05-14',
      dueOn: '2018-12-31',
      status: DONE,
      unit: PERCENT,
      baseline: 0,
      target: 100,
      indicator: MeasureIndicator.SITES_ASSESSED,
      since: '2018-05-14',
      readings: [
        ['2018-07-02', 100 / 7],
        ['2018-08-01', 200 / 7],
        ['2018-09-03', 400 / 7],
        ['2018-10-01', 500 / 7],
        ['2018-11-05', 100],
        ['2018-12-31', 100],
      ],
    },
    {
      key: 'building-work',
      field: ACCESSIBILITY,
      title: 'Bauliche Maßnahmen noch 2018 in Angriff nehmen',
      description: 'Beauftragt ist, wofür Geld und Eigentümer stehen.',
      owner: 'Liegenschaften',
      needs: ['severe-disability', 'physical-disability'],
      startsOn: '2018-07-01',
      dueOn: '2019-06-30',
      status: DONE,
      unit: COUNT,
      baseline: 0,
      target: 7,
      readings: [
        ['2018-09-03', 1],
        ['2018-10-29', 2],
        ['2018-12-20', 4],
        ['2019-03-29', 6],
        ['2019-06-21', 7],
      ],
      reviews: [
        {
          on: '2019-01-09',
          note: 'Eigentümer und Denkmalschutz brauchen länger als gedacht; der Termin wird verlegt.',
          decision: ReviewDecision.ADJUST,
          next: '2019-06-12',
          before: { target: 7, dueOn: '2018-12-31' },
        },
      ],
    },
    {
      key: 'information',
      field: INFORMATION,
      title: 'Arbeitgeber über Förderung und Beratung informieren',
      description: 'Abende mit Betrieben, gemeinsam mit dem Fachdienst für Teilhabe am Arbeitsleben.',
      owner: 'Arbeitgeberservice',
      partner: 'fachdienst-teilhabe-am-arbeitsleben-mittelruhr',
      needs: ['severe-disability'],
      startsOn: '2018-09-01',
      dueOn: '2019-11-30',
      status: DONE,
      unit: COUNT,
      baseline: 0,
      target: 8,
      readings: [
        ['2018-11-15', 2],
        ['2019-03-20', 4],
        ['2019-07-04', 5],
        ['2019-11-28', 8],
      ],
    },
  ],
};

interface MiarFigures {
  readonly network: string;
  readonly placed: { readonly target: number; readonly readings: readonly number[] };
  readonly staff: readonly number[];
  readonly partners: readonly number[];
}

const MIAR_DAYS = ['2013-06-28', '2013-12-20', '2014-06-27', '2014-12-31'] as const;
const onMiarDays = (values: readonly number[]) => values.map((value, i) => [MIAR_DAYS[i]!, value] as const);

/** What the three Jobcenters of MIAR set themselves, and what they reached. */
const MIAR: readonly MiarFigures[] = [
  {
    network: 'aachen',
    placed: { target: 60, readings: [6, 14, 25, 34] },
    staff: [38, 52, 66, 78],
    partners: [9, 14, 19, 24],
  },
  {
    network: 'wuppertal',
    placed: { target: 45, readings: [7, 18, 31, 43] },
    staff: [41, 50, 63, 71],
    partners: [8, 12, 17, 21],
  },
  {
    network: 'unna',
    placed: { target: 50, readings: [4, 9, 18, 26] },
    staff: [33, 47, 60, 76],
    partners: [7, 11, 15, 18],
  },
];

const miarPlan = ({ network, placed, staff, partners }: MiarFigures): PlanSpec => {
  const common = { startsOn: '2013-01-01', dueOn: '2014-12-31', status: DONE } as const;
  return {
    key: `miar-${network}`,
    network,
    title: 'MIAR – Miteinander Arbeiten: Ziele 2013/2014',
    from: '2013-01-01',
    until: '2014-12-31',
    adoptedOn: '2013-01-15',
    closedOn: '2015-01-31',
    published: true,
    measures: [
      {
        ...common,
        key: 'placed',
        field: PLACEMENT,
        title: 'Menschen mit Behinderung in sozialversicherungspflichtige Arbeit vermitteln',
        description: 'Gezählt wird, wer im Projekt beraten wurde und eine Stelle angetreten hat.',
        owner: 'Projektkoordination',
        needs: ['severe-disability', 'chronic-illness'],
        unit: PEOPLE,
        baseline: 0,
        target: placed.target,
        readings: onMiarDays(placed.readings),
        reviews: [
          {
            on: '2014-01-20',
            note: 'Der Weg über Praktika dauert länger als geplant, führt aber öfter in Arbeit.',
            decision: ReviewDecision.CONTINUE,
            next: '2014-07-14',
          },
        ],
      },
      {
        ...common,
        key: 'staff',
        field: TRAINING,
        title: 'Wissen über Schwerbehinderung und Rehabilitation in den Teams',
        description: 'Anteil der Fachkräfte, die sich nach der Selbsteinschätzung sicher fühlen.',
        owner: 'Projektkoordination',
        needs: ['severe-disability'],
        unit: PERCENT,
        baseline: 25,
        target: 75,
        readings: onMiarDays(staff),
      },
      {
        ...common,
        key: 'partners',
        field: NETWORK,
        title: 'Arbeitgeber, Bildungsträger und Verbände für das Netzwerk gewinnen',
        description: 'Gezählt werden Partner, die eine Absprache unterschrieben haben.',
        owner: 'Netzwerkkoordination',
        needs: [],
        unit: COUNT,
        baseline: 4,
        target: 20,
        readings: onMiarDays(partners),
      },
    ],
  };
};

export const PAST_PLANS: readonly PlanSpec[] = [BOCHUM_2018, ...MIAR.map(miarPlan)];
