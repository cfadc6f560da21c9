export enum AgreementPartyRole {
  STATE_MINISTRY = 'STATE_MINISTRY',
  EMPLOYMENT_AGENCY = 'EMPLOYMENT_AGENCY',
  MUNICIPAL_ASSOCIATION = 'MUNICIPAL_ASSOCIATION',
  OTHER = 'OTHER',
}

/** One that concluded it. Days are YYYY-MM-DD. */
export interface Party {
  name: string;
  role: AgreementPartyRole;
  signedOn: string | null;
}

/** So many parties an agreement has at most. */
export const MOST_PARTIES = 30;

/** The short name in addresses, as of a network. */
export const isSlug = (text: string): boolean => /^[a-z][a-z0-9-]{1,79}$/.test(text);
