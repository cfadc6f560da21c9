import type { Contact } from '../partner/contact.rules.js';

/** How many months back "used lately" looks. */
export const USED_MONTHS = 6;

/** Of how many teams, and of how many services, it is told at most who can be asked. */
export const MOST_ASKED = 20;

/** How many referrals of a half-year concern exactly these topics. */
export interface CountedTopics {
  /** Codes, each once; not empty. */
  readonly topics: readonly string[];
  readonly count: number;
}

/**
 * By topic, how many referrals concern it; null where that is fewer than `smallest`, or where the difference to another
 * topic that is told would be: one whose referrals all concern this topic as well. Then the smaller number is withheld.
 * More than two numbers at once may still narrow a cell down.
 */
export function shownReferrals(
  counted: readonly CountedTopics[],
  codes: readonly string[],
  smallest: number,
): ReadonlyMap<string, number | null> {
  const sum = (...all: string[]): number =>
    counted
      .filter(({ topics }) => all.every(code => topics.includes(code)))
      .reduce((total, { count }) => total + count, 0);
  const shown = new Map(codes.map(code => [code, sum(code) >= smallest ? sum(code) : null]));
  const bySize = [...codes].sort((a, b) => sum(b) - sum(a) || (a < b ? -1 : 1));
  for (const whole of bySize) {
    for (const part of bySize) {
      if (whole === part || shown.get(whole) == null || shown.get(part) == null) continue;
      const rest = sum(whole) - sum(part);
      if (sum(whole, part) === sum(part) && rest > 0 && rest < smallest) shown.set(part, null);
    }
  }
  return shown;
}

/** The last calendar half-year that is over by a day: its first day, and its last. Days are YYYY-MM-DD. */
export function lastHalfYear(day: string): { from: string; until: string } {
  const year = day.slice(0, 4);
  if (day.slice(5) >= '07-01') return { from: `${year}-01-01`, until: `${year}-06-30` };
  // PostgreSQL has no year 0, and takes a year of fewer digits for another one.
  const before = String(Math.max(1, Number(year) - 1)).padStart(4, '0');
  return { from: `${before}-07-01`, until: `${before}-12-31` };
}

/** A partner or a service: whom to turn to, and its own number and address. */
export interface Reachable {
  readonly phone: string | null;
  readonly email: string | null;
  readonly contacts: readonly Contact[];
}

/** Whom to ask, by function. */
export interface AskedContact {
  readonly function: string;
  readonly phone: string | null;
  readonly email: string | null;
}

/**
 * Whom to ask about a service, by function and without names: the contacts of the service, else those of its partner; a
 * contact without a number and an address has those of the service, else of the partner. Who is there for money alone is
 * told after the others: where there is nobody else, one asks at the service's own number and address, else at the
 * partner's ("Anfragen").
 */
export function contactsToAsk(service: Reachable, partner: Reachable): AskedContact[] {
  const main = isReachable(service) ? service : partner;
  for (const { contacts, reach } of [
    { contacts: service.contacts, reach: main },
    { contacts: partner.contacts, reach: partner },
  ])
    if (contacts.some(({ responsibility }) => !isBilling(responsibility))) return functionsOf(contacts, reach);
  if (!isReachable(main)) return [];
  const { phone, email } = main;
  return [{ function: 'Anfragen', phone, email }, ...functionsOf(service.contacts, main)];
}

const isReachable = ({ phone, email }: Reachable): boolean => phone !== null || email !== null;

/** Those for money last. */
const functionsOf = (contacts: readonly Contact[], { phone, email }: Reachable): AskedContact[] =>
  contacts
    .map(one => ({
      function: one.responsibility,
      phone: one.phone ?? (one.email ? null : phone),
      email: one.email ?? (one.phone ? null : email),
    }))
    .sort((a, b) => Number(isBilling(a.function)) - Number(isBilling(b.function)));

const BILLING = /(?<!be)rechnung|buchhaltung|faktur|vertr(a|ä|ae)g|billing|invoic|accounting/i;

/** Is all of it about money and contracts: "Abrechnung und Verträge", but not "Beratung und Abrechnung"? */
const isBilling = (responsibility: string): boolean =>
  responsibility
    .split(/[,;/&+]|\bund\b|\band\b/i)
    .filter(part => part.trim() !== '')
    .every(part => BILLING.test(part));
