export enum PartnerKind {
  COUNSELLING_CENTRE = 'COUNSELLING_CENTRE',
  EMPLOYER = 'EMPLOYER',
  TRAINING_PROVIDER = 'TRAINING_PROVIDER',
  WELFARE_ASSOCIATION = 'WELFARE_ASSOCIATION',
  MUNICIPAL_INSTITUTION = 'MUNICIPAL_INSTITUTION',
  HEALTH_FACILITY = 'HEALTH_FACILITY',
  PUBLIC_INSTITUTION = 'PUBLIC_INSTITUTION',
}

/**
 * Whether a partner is shown. A new one waits for the coordination; one that is archived takes part no longer. What was
 * never published has statuses of its own, so that its past is told to nobody either.
 */
export enum PartnerStatus {
  PENDING = 'PENDING',
  ACTIVE = 'ACTIVE',
  ARCHIVED = 'ARCHIVED',
  NOT_ADMITTED = 'NOT_ADMITTED',
}

/** Of a partner that was not published, nor was before. */
export const NEVER_PUBLISHED: readonly PartnerStatus[] = [PartnerStatus.PENDING, PartnerStatus.NOT_ADMITTED];

/** What a partner becomes that is to take part no longer, or never is to. */
export const leavingAs = (status: unknown): PartnerStatus =>
  NEVER_PUBLISHED.some(one => one === status) ? PartnerStatus.NOT_ADMITTED : PartnerStatus.ARCHIVED;

/** Does a partner of this status take part no longer, or never did? Nothing new is entered for it. */
export const isOut = (status: unknown): boolean =>
  status === PartnerStatus.ARCHIVED || status === PartnerStatus.NOT_ADMITTED;

// Characters that are not to be seen would make one address look like another.
const EMAIL = /^[^\s\p{Cc}\p{Cf}@<>"]+@[^\s\p{Cc}\p{Cf}@<>"]+\.[^\s\p{Cc}\p{Cf}@<>"]+$/u;
/** `new URL` forgives missing slashes, backslashes and line breaks; links made of such an address lead elsewhere. */
const WEB_ADDRESS = /^https?:\/\/[^\s\p{Cc}\p{Cf}"<>\\^`{|}]+$/iu;
const PHONE = /^\+?[\d\p{Zs}()/-]{3,40}$/u;

/** Two characters or more, and something to read among them. */
export const isName = (text: string): boolean => text.length >= 2 && /[\p{L}\p{N}]/u.test(text);

/** Looks like an address that a mail program takes; whether somebody reads it only a mail can tell. */
export const isEmailAddress = (text: string): boolean => text.length <= 254 && EMAIL.test(text);

export const isPhoneNumber = (text: string): boolean => PHONE.test(text) && /\d{3}/.test(text.replace(/\D/g, ''));

/** An absolute address that a browser opens without running anything, and that leads where it says. */
export function isWebAddress(text: string): boolean {
  if (!WEB_ADDRESS.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return hostname.includes('.') && !username && !password;
}
