import { AccessionConsentResult, ConsentingBody, ResolutionKind } from '../accession/accession.rules.js';
import { berlinDay, dayNumber, localDateOf } from '../shared/calendar.rules.js';
import { AGREEMENT_2018, AGREEMENT_NEXT, DEADLINE_2018, PARTIES, PAST_ACCESSIONS } from './accessions.data.js';
import { networkId } from './geography.js';
import { demoId } from './random.js';
import type { Tables } from './world.js';

const agreementId = (slug: string): string => demoId(`agreement/${slug}`);

/** The accession of a network to the agreement of 2018, unless another is named. */
export const accessionId = (network: string, agreement = AGREEMENT_2018): string =>
  demoId(`accession/${network}/${agreement}`);

/** The framework agreement of 2018 with two accessions, and its invented sequel, for which Dortmund still prepares. */
export function accessionRows(now: Date): Tables {
  const today = dayNumber(berlinDay(now));
  const next = {
    id: accessionId('dortmund', AGREEMENT_NEXT),
    deadline: localDateOf(today + 40),
    since: localDateOf(today - 20),
    letter: localDateOf(today - 34),
  };
  return [
    ['framework_agreement', agreements(next.deadline, today)],
    [
      'accession',
      [
        ...PAST_ACCESSIONS.map(({ network, consents: _, papers: __, ...dates }) => ({
          id: accessionId(network),
          network_id: networkId(network),
          agreement_id: agreementId(AGREEMENT_2018),
          deadline: DEADLINE_2018,
          catalogue: dates.catalogue,
          catalogue_on: dates.catalogueOn,
          submitted_on: dates.submittedOn,
          acceded_on: dates.accededOn,
          withdrawn_on: null,
          logo_from: dates.logoFrom,
          logo_until: dates.logoUntil,
          version: 4,
        })),
        {
          id: next.id,
          network_id: networkId('dortmund'),
          agreement_id: agreementId(AGREEMENT_NEXT),
          deadline: next.deadline,
          catalogue: [],
          catalogue_on: null,
          submitted_on: null,
          acceded_on: null,
          withdrawn_on: null,
          logo_from: null,
          logo_until: null,
          version: 1,
        },
      ],
    ],
    [
      'accession_consent',
      [
        ...PAST_ACCESSIONS.flatMap(({ network, consents }) =>
          consents.map(({ kind, name, result, decidedOn, fileNumber }) =>
            consentRow(accessionId(network), { kind, name, result, decidedOn, fileNumber }),
          ),
        ),
        consentRow(next.id, {
          kind: ConsentingBody.MUNICIPAL_BODY,
          name: 'Stadt Dortmund',
          result: AccessionConsentResult.AGREED,
          decidedOn: next.since,
          fileNumber: null,
        }),
        consentRow(next.id, {
          kind: ConsentingBody.EMPLOYMENT_AGENCY,
          name: 'Agentur für Arbeit Dortmund',
          result: AccessionConsentResult.PENDING,
          decidedOn: null,
          fileNumber: null,
        }),
      ],
    ],
    [
      'accession_resolution',
      [
        ...PAST_ACCESSIONS.flatMap(({ network, papers }) =>
          papers.map((paper, i) => resolutionRow(accessionId(network), i, paper)),
        ),
        resolutionRow(next.id, 0, {
          body: 'Stadt Dortmund',
          kind: ResolutionKind.LETTER,
          subject: 'Bitte um einen Maßnahmenkatalog für die Fortschreibung',
          fileNumber: null,
          resolvedOn: next.letter,
        }),
      ],
    ],
  ];
}

function agreements(nextDeadline: string, today: number) {
  return [
    {
      id: agreementId(AGREEMENT_2018),
      slug: AGREEMENT_2018,
      title:
        'Rahmenvereinbarung zur Verbesserung der beruflichen Integration von arbeitsuchenden Menschen mit Beeinträchtigungen in der Grundsicherung für Arbeitsuchende',
      initiative: 'NRW inklusiv',
      concluded_on: '2018-02-28', // known is the month
      joinable_until: DEADLINE_2018,
      parties: PARTIES,
      version: 1,
    },
    {
      id: agreementId(AGREEMENT_NEXT),
      slug: AGREEMENT_NEXT,
      title: 'Fortschreibung der Rahmenvereinbarung (erfundenes Beispiel)',
      initiative: 'NRW inklusiv',
      concluded_on: localDateOf(today - 60),
      joinable_until: nextDeadline,
      parties: PARTIES.map(party => ({ ...party, signedOn: localDateOf(today - 60) })),
      version: 1,
    },
  ];
}

interface Consent {
  readonly kind: ConsentingBody;
  readonly name: string;
  readonly result: AccessionConsentResult;
  readonly decidedOn: string | null;
  readonly fileNumber: string | null;
}

const consentRow = (accession: string, { kind, name, result, decidedOn, fileNumber }: Consent) => ({
  id: demoId(`accession-consent/${accession}/${kind}`),
  accession_id: accession,
  kind,
  name,
  result,
  decided_on: decidedOn,
  file_number: fileNumber,
  revision: 1,
});

interface Paper {
  readonly body: string;
  readonly kind: ResolutionKind;
  readonly subject: string;
  readonly fileNumber: string | null;
  readonly resolvedOn: string;
}

const resolutionRow = (accession: string, number: number, { body, kind, subject, fileNumber, resolvedOn }: Paper) => ({
  id: demoId(`accession-resolution/${accession}/${number}`),
  accession_id: accession,
  body,
  kind,
  subject,
  file_number: fileNumber,
  resolved_on: resolvedOn,
});
