export enum PartnerKind {
  COUNSELLING_CENTRE = 'COUNSELLING_CENTRE',
  EMPLOYER = 'EMPLOYER',
  TRAINING_PROVIDER = 'TRAINING_PROVIDER',
  WELFARE_ASSOCIATION = 'WELFARE_ASSOCIATION',
  MUNICIPAL_INSTITUTION = 'MUNICIPAL_INSTITUTION',
  HEALTH_FACILITY = 'HEALTH_FACILITY',
  PUBLIC_INSTITUTION = 'PUBLIC_INSTITUTION',
}

const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;
const PHONE = /^\+?[\d\s()/-]{3,40}$/;

/** Looks like an address that a mail program takes; whether somebody reads it only a mail can tell. */
export const isEmailAddress = (text: string): boolean => text.length <= 254 && EMAIL.test(text);

export const isPhoneNumber = (text: string): boolean => PHONE.test(text) && /\d{3}/.test(text.replace(/\D/g, ''));

/** An absolute address that a browser opens without running anything. */
export function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return ['https:', 'http:'].includes(protocol) && hostname.includes('.');
}
