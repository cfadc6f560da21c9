import type { ConsortiumRole } from '../consortium/consortium.rules.js';

/** Partners that do something together; networks and partners by their keys. */
export interface DemoConsortium {
  readonly key: string;
  readonly network: string;
  readonly name: string;
  readonly purpose: string;
  readonly umbrella: string | null;
  readonly foundedOn: string;
  readonly dissolvedOn: string | null;
  readonly members: readonly (readonly [
    partner: string,
    role: `${ConsortiumRole}`,
    from: string,
    until: string | null,
  ])[];
}

export const CONSORTIA: readonly DemoConsortium[] = [
  {
    key: 'miar',
    network: 'aachen',
    name: 'Verbund Miteinander Arbeiten',
    purpose: 'Drei Jobcenter verbessern Beratung, Qualifizierung und Vermittlung behinderter Menschen gemeinsam.',
    umbrella: null,
    foundedOn: '2012-12-01',
    dissolvedOn: null,
    members: [
      ['jobcenter-aachen', 'LEAD', '2013-01-01', null],
      ['jobcenter-wuppertal', 'MEMBER', '2013-01-01', null],
      ['jobcenter-unna', 'MEMBER', '2013-01-01', null],
      ['fachdienst-arbeit-und-handicap-dreilaendereck', 'ASSOCIATE', '2013-01-01', null],
      ['fachdienst-beruf-und-behinderung-bergland', 'ASSOCIATE', '2013-01-01', null],
      ['integrationsdienst-am-hellweg', 'ASSOCIATE', '2013-04-01', null],
    ],
  },
  {
    key: 'soziale-betriebe-ostruhr',
    network: 'dortmund',
    name: 'Bietergemeinschaft Soziale Betriebe Ostruhr',
    purpose: 'Gemeinnützige Betriebe richten öffentlich geförderte Stellen gemeinsam ein und begleiten sie.',
    umbrella: 'arbeitsgemeinschaft-soziale-betriebe-ostruhr',
    foundedOn: '2013-01-01',
    dissolvedOn: null,
    members: [
      ['arbeitsgemeinschaft-soziale-betriebe-ostruhr', 'LEAD', '2013-01-01', null],
      ['stahlwege-beschaeftigung', 'MEMBER', '2013-01-01', '2015-12-31'],
      ['stahlwege-beschaeftigung', 'MEMBER', '2017-01-01', null],
      ['energiewandler-dortmund', 'MEMBER', '2013-01-01', null],
      ['gruenkolonne-nord', 'MEMBER', '2013-01-01', null],
      ['sozialkaufhaus-doppelrund', 'MEMBER', '2014-07-01', null],
      ['alltagshilfe-hafenkante', 'MEMBER', '2013-01-01', null],
      ['sozialwerk-gartenstadt', 'ASSOCIATE', '2015-10-01', null],
    ],
  },
  {
    key: 'wohnen-und-arbeit-wuppertal',
    network: 'wuppertal',
    name: 'Arbeitskreis Wohnen und Arbeit',
    purpose: 'Wohnungslosenhilfe und Beschäftigung stimmten ihre Angebote ab.',
    umbrella: 'traegerverbund-talachse',
    foundedOn: '2014-03-01',
    dissolvedOn: '2022-06-30',
    members: [
      ['brueckenbogen-wohnungslosenhilfe', 'LEAD', '2014-03-01', '2022-06-30'],
      ['webstuhl-arbeit-und-qualifizierung', 'MEMBER', '2014-03-01', '2020-12-31'],
    ],
  },
];
