import { daysBetween, germanDay } from '../shared/calendar.rules.js';
import { type ConsentDecisions, decisionOn, type EarlierCatalogue } from './accession-history.rules.js';

/** Where an accession stands on a day; derived from its dates, never stored. */
export enum AccessionStatus {
  PREPARING = 'PREPARING',
  SUBMITTED = 'SUBMITTED',
  ACCEDED = 'ACCEDED',
  LAPSED = 'LAPSED',
  WITHDRAWN = 'WITHDRAWN',
}

/** The two bodies that carry a Jobcenter: both must agree. Source: sections 6, 44b SGB II. */
export enum ConsentingBody {
  MUNICIPAL_BODY = 'MUNICIPAL_BODY',
  EMPLOYMENT_AGENCY = 'EMPLOYMENT_AGENCY',
}

export enum AccessionConsentResult {
  PENDING = 'PENDING',
  AGREED = 'AGREED',
  REFUSED = 'REFUSED',
}

export enum ResolutionKind {
  NOTICE = 'NOTICE',
  RESOLUTION = 'RESOLUTION',
  LETTER = 'LETTER',
  CIRCULAR = 'CIRCULAR',
}

export enum AccessionGap {
  MUNICIPAL_CONSENT = 'MUNICIPAL_CONSENT',
  AGENCY_CONSENT = 'AGENCY_CONSENT',
  CATALOGUE = 'CATALOGUE',
  SUBMISSION = 'SUBMISSION',
  CONFIRMATION = 'CONFIRMATION',
}

/** Rows of one accession at most. */
export const MOST_CONSENTS = 20;
export const MOST_RESOLUTIONS = 50;
export const MOST_ITEMS = 50;

/** One measure of the catalogue with which a Jobcenter accedes. */
export interface CatalogueItem {
  text: string;
  goal: string;
}

/** The dates of an accession; days are YYYY-MM-DD. */
export interface AccessionDates {
  deadline: string;
  submittedOn: string | null;
  accededOn: string | null;
  withdrawnOn: string | null;
}

export interface ConsentState extends ConsentDecisions {
  kind: ConsentingBody;
  name: string;
}

/** All that tells what is missing. */
export interface AccessionState extends AccessionDates {
  consents: readonly ConsentState[];
  /** Since when there is a catalogue of measures, its own or an adopted action plan; null: none yet. */
  catalogueSince: string | null;
  /** Those of its own before, by their times. */
  earlierCatalogues: readonly Pick<EarlierCatalogue, 'from' | 'until'>[];
}

export interface MissingItem {
  what: AccessionGap;
  text: string;
  /** Until the deadline; negative once it is over, null where none is at stake. */
  daysLeft: number | null;
}

const reached = (day: string | null, on: string): boolean => day !== null && day <= on;

/** Where it stood on that day. The last day of the deadline is in time. */
export function statusOn(
  { deadline, submittedOn, accededOn, withdrawnOn }: AccessionDates,
  on: string,
): AccessionStatus {
  if (reached(withdrawnOn, on)) return AccessionStatus.WITHDRAWN;
  if (reached(accededOn, on)) return AccessionStatus.ACCEDED;
  if (reached(submittedOn, on)) return AccessionStatus.SUBMITTED;
  return deadline < on ? AccessionStatus.LAPSED : AccessionStatus.PREPARING;
}

/** What was missing on that day, in the order in which it has to come; nothing once it is acceded or withdrawn. */
export function missingOn(state: AccessionState, on: string): MissingItem[] {
  const status = statusOn(state, on);
  if (status === AccessionStatus.ACCEDED || status === AccessionStatus.WITHDRAWN) return [];
  if (status === AccessionStatus.SUBMITTED)
    return [
      { what: AccessionGap.CONFIRMATION, text: 'Der Beitritt ist erklärt, aber noch nicht bestätigt.', daysLeft: null },
    ];
  const daysLeft = daysBetween(on, state.deadline);
  const until = untilText(state.deadline, daysLeft);
  const consents = Object.values(ConsentingBody).flatMap(kind => missingConsents(state, kind, on));
  return [
    ...consents,
    ...(hadCatalogue(state, on)
      ? []
      : [{ what: AccessionGap.CATALOGUE, text: 'Der Maßnahmenkatalog liegt noch nicht vor' }]),
    { what: AccessionGap.SUBMISSION, text: 'Der Beitritt ist noch nicht erklärt' },
  ].map(({ what, text }) => ({ what, text: `${text}; ${until}`, daysLeft }));
}

const hadCatalogue = ({ catalogueSince, earlierCatalogues }: AccessionState, on: string): boolean =>
  reached(catalogueSince, on) || earlierCatalogues.some(({ from, until }) => from <= on && on < until);

const BODY: Readonly<Record<ConsentingBody, { gap: AccessionGap; unnamed: string }>> = {
  [ConsentingBody.MUNICIPAL_BODY]: {
    gap: AccessionGap.MUNICIPAL_CONSENT,
    unnamed: 'Der kommunale Träger (Kreis oder Stadt), der zustimmen muss, ist noch nicht benannt',
  },
  [ConsentingBody.EMPLOYMENT_AGENCY]: {
    gap: AccessionGap.AGENCY_CONSENT,
    unnamed: 'Die Agentur für Arbeit, die zustimmen muss, ist noch nicht benannt',
  },
};

function missingConsents({ consents }: AccessionState, kind: ConsentingBody, on: string) {
  const { gap, unnamed } = BODY[kind];
  const parties = consents.filter(one => one.kind === kind);
  if (parties.length === 0) return [{ what: gap, text: unnamed }];
  return parties.flatMap(party => {
    const { name } = party;
    const decision = decisionOn(party, on);
    if (decision === null) return [{ what: gap, text: `Die Zustimmung fehlt noch: ${name}` }];
    if (decision.result === AccessionConsentResult.AGREED) return [];
    return [{ what: gap, text: `Die Zustimmung wurde am ${germanDay(decision.decidedOn)} versagt: ${name}` }];
  });
}

function untilText(deadline: string, daysLeft: number): string {
  const day = germanDay(deadline);
  if (daysLeft < 0) return `die Frist ist seit dem ${day} abgelaufen`;
  if (daysLeft === 0) return `die Frist endet heute, am ${day}`;
  return `noch ${daysLeft} ${daysLeft === 1 ? 'Tag' : 'Tage'} bis zum ${day}`;
}

/** May the logo of the initiative be used on that day? */
export const mayUseLogo = (
  dates: AccessionDates & { logoFrom: string | null; logoUntil: string | null },
  on: string,
): boolean =>
  statusOn(dates, on) === AccessionStatus.ACCEDED &&
  reached(dates.logoFrom, on) &&
  (dates.logoUntil === null || dates.logoUntil >= on);
