import { createHash, randomBytes } from 'node:crypto';
import { addDays } from '../shared/calendar.rules.js';

/** What a link is for; one for another purpose opens nothing here. */
export enum LinkPurpose {
  CONFIRM = 'CONFIRM',
}

/** Days, at the same local time. */
const LINK_DAYS = 7;

/** 256 bits: nobody guesses one. */
const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** So many links of one partner may be open at once. */
export const MOST_OPEN_LINKS = 20;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** Looks like a token at all; what does not is asked of nobody. */
export const isToken = (text: string): boolean => TOKEN.test(text);

/** What is kept of a token. It is looked up by this: how long that takes tells nothing of any token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export const linkExpiry = (createdAt: Date): Date => addDays(createdAt, LINK_DAYS);

/** Where people open it, from the hub's own address. */
export const linkPath = (token: string): string => `/bestaetigen/${token}`;
