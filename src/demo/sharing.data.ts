import { SharingStatus } from '../sharing/sharing.rules.js';

/** What one network shares with another; partners by their keys. */
export interface DemoSharing {
  readonly giver: string;
  readonly receiver: string;
  /** Slug of one of the two. */
  readonly proposer: string;
  readonly from: string;
  readonly until: string | null;
  readonly partners: readonly string[];
  readonly categories: readonly string[];
  readonly note: string | null;
  readonly status: SharingStatus;
  /** Days, or so many office days ago. */
  readonly proposed: string | number;
  readonly agreed: string | null;
  readonly closed: string | null;
}

/** Whom the three networks of the model project let each other refer to; all of them serve the whole state. */
const OF_MIAR: Readonly<Record<string, readonly string[]>> = {
  aachen: ['teilhabezentrum-lotsenhof', 'gebaerdenhaus-aquis', 'rehazentrum-am-wiesenpark', 'arbeitsraum-grenzland'],
  wuppertal: ['teilhabeberatung-nordbahnhof', 'rehaklinik-am-buchenhang', 'berufliche-wege'],
  unna: ['integrationsdienst-am-hellweg', 'rehazentrum-gradierwerk'],
};

/** What they share: counselling on disabilities and rehabilitation, with all below. */
const KINDS_OF_MIAR = ['disability-counselling', 'rehabilitation'] as const;

const MIAR: readonly DemoSharing[] = Object.keys(OF_MIAR).flatMap(giver =>
  Object.keys(OF_MIAR)
    .filter(receiver => receiver !== giver)
    .map(receiver => ({
      giver,
      receiver,
      proposer: giver,
      from: '2013-01-01',
      until: null,
      partners: OF_MIAR[giver]!,
      categories: KINDS_OF_MIAR,
      note: 'Im Modellprojekt vereinbart, nach dessen Ende fortgeführt.',
      status: SharingStatus.AGREED,
      proposed: '2012-11-12',
      agreed: '2012-12-03',
      closed: null,
    })),
);

export const SHARINGS: readonly DemoSharing[] = [
  ...MIAR,
  {
    giver: 'bochum',
    receiver: 'dortmund',
    proposer: 'dortmund',
    from: '2027-01-01',
    until: '2027-12-31',
    partners: ['zentrum-psyche-und-arbeit-ruhrbogen'],
    categories: ['rehabilitation'],
    note: 'Dortmund fragt an: Die eigene Tagesklinik zählt keine Plätze.',
    status: SharingStatus.PROPOSED,
    proposed: 6,
    agreed: null,
    closed: null,
  },
  {
    giver: 'unna',
    receiver: 'dortmund',
    proposer: 'unna',
    from: '2016-01-01',
    until: '2019-12-31',
    partners: [],
    categories: ['language-course'],
    note: null,
    status: SharingStatus.AGREED,
    proposed: '2015-10-05',
    agreed: '2015-11-02',
    closed: null,
  },
];
