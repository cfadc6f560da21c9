import {
  AccessionConsentResult,
  type CatalogueItem,
  ConsentingBody,
  ResolutionKind,
} from '../accession/accession.rules.js';
import { AgreementPartyRole, type Party } from '../framework-agreement/framework-agreement.rules.js';

const { AGREED } = AccessionConsentResult;
const { MUNICIPAL_BODY, EMPLOYMENT_AGENCY } = ConsentingBody;

const ministry = {
  name: 'Ministerium für Arbeit, Gesundheit und Soziales NRW',
  role: AgreementPartyRole.STATE_MINISTRY,
};
const directorate = {
  name: 'Regionaldirektion NRW der Bundesagentur für Arbeit',
  role: AgreementPartyRole.EMPLOYMENT_AGENCY,
};
const cities = { name: 'Städtetag NRW', role: AgreementPartyRole.MUNICIPAL_ASSOCIATION };
const districts = { name: 'Landkreistag NRW', role: AgreementPartyRole.MUNICIPAL_ASSOCIATION };

/** Who concluded the agreement of 2018 stands in a council paper; its day does not, only the month. */
export const PARTIES: readonly Party[] = [ministry, directorate, cities, districts].map(one => ({
  ...one,
  signedOn: null,
}));

export const AGREEMENT_2018 = 'nrw-inklusiv-2018';
export const AGREEMENT_NEXT = 'nrw-inklusiv-fortschreibung';

/** An accession of which every date is past. Days are YYYY-MM-DD; what the documents do not tell is invented. */
export interface PastAccession {
  readonly network: string;
  readonly catalogue: readonly CatalogueItem[];
  readonly catalogueOn: string | null;
  readonly submittedOn: string;
  readonly accededOn: string;
  readonly logoFrom: string;
  readonly logoUntil: string | null;
  readonly consents: readonly {
    kind: ConsentingBody;
    name: string;
    result: AccessionConsentResult;
    decidedOn: string;
    fileNumber: string | null;
  }[];
  readonly papers: readonly {
    body: string;
    kind: ResolutionKind;
    subject: string;
    fileNumber: string | null;
    resolvedOn: string;
  }[];
}

export const DEADLINE_2018 = '2018-05-14';

export const PAST_ACCESSIONS: readonly PastAccession[] = [
  {
    network: 'bochum',
    catalogue: [], // its action plan stands in its place
    catalogueOn: null,
    submittedOn: '2018-05-14',
    accededOn: '2018-05-14',
    logoFrom: '2018-05-14',
    logoUntil: null,
    consents: [
      { kind: MUNICIPAL_BODY, name: 'Stadt Bochum', result: AGREED, decidedOn: '2018-04-26', fileNumber: null },
      {
        kind: EMPLOYMENT_AGENCY,
        name: 'Agentur für Arbeit Bochum',
        result: AGREED,
        decidedOn: '2018-05-04',
        fileNumber: null,
      },
    ],
    papers: [
      {
        body: ministry.name,
        kind: ResolutionKind.LETTER,
        subject: 'Einladung an die Jobcenter, der Vereinbarung beizutreten',
        fileNumber: null,
        resolvedOn: '2018-03-08',
      },
      {
        body: 'Trägerversammlung des Jobcenters Bochum',
        kind: ResolutionKind.RESOLUTION,
        subject: 'Aktionsplan Inklusion mit Stadt und Arbeitsagentur vereinbart',
        fileNumber: null,
        resolvedOn: '2018-05-07',
      },
    ],
  },
  {
    network: 'unna',
    catalogue: [
      {
        text: 'Bestandsaufnahme: Was wissen die Teams über Behinderung und Rehabilitation, was fehlt?',
        goal: 'Ein Ergebnis je Team bis Ende September 2018',
      },
      {
        text: 'Feste Ansprechstellen für Schwerbehinderung in jeder Geschäftsstelle',
        goal: 'Zehn Ansprechstellen bis Jahresende',
      },
      { text: 'Gemeinsame Fallbesprechungen mit Fachdiensten und Beratungsstellen', goal: 'Eine im Vierteljahr' },
      { text: 'Termine auf anderem Weg als am Telefon anbieten', goal: 'In allen Geschäftsstellen bis März 2019' },
    ],
    catalogueOn: '2018-05-02',
    submittedOn: '2018-05-11',
    accededOn: '2018-05-14',
    logoFrom: '2018-06-01',
    logoUntil: '2023-05-31',
    consents: [
      {
        kind: MUNICIPAL_BODY,
        name: 'Kreis Unna',
        result: AGREED,
        decidedOn: '2018-03-27',
        fileNumber: '50/2639/XVI/2018',
      },
      {
        kind: EMPLOYMENT_AGENCY,
        name: 'Agentur für Arbeit Hamm',
        result: AGREED,
        decidedOn: '2018-05-07',
        fileNumber: null,
      },
    ],
    papers: [
      {
        body: ministry.name,
        kind: ResolutionKind.LETTER,
        subject: 'Einladung an die Jobcenter, der Vereinbarung beizutreten',
        fileNumber: null,
        resolvedOn: '2018-03-08',
      },
      {
        body: districts.name,
        kind: ResolutionKind.CIRCULAR,
        subject: 'Unterrichtung der Kreise mit Vereinbarung und Beitrittsformular',
        fileNumber: 'Nr. 151/18',
        resolvedOn: '2018-03-12',
      },
      {
        body: 'Kreis Unna',
        kind: ResolutionKind.LETTER,
        subject: 'Der kommunale Träger befürwortet den Beitritt und bittet um Maßnahmen und Ziele',
        fileNumber: null,
        resolvedOn: '2018-03-27',
      },
      {
        body: 'Steuerungsbesprechung von Kreis und Arbeitsagentur',
        kind: ResolutionKind.RESOLUTION,
        subject: 'Der Maßnahmenkatalog ist abgestimmt',
        fileNumber: null,
        resolvedOn: '2018-05-07',
      },
      {
        body: 'Kreis Unna, Fachausschuss',
        kind: ResolutionKind.NOTICE,
        subject: 'Mitteilung über den Beitritt des Jobcenters',
        fileNumber: '50/2639/XVI/2018',
        resolvedOn: '2018-05-09',
      },
    ],
  },
];
