import { DateTime } from 'luxon';

/** Days as the domain guide wants them, counted one by one from a list written by hand: beside the hub's own calendar. */
const ZONE = 'Europe/Berlin';

/** North Rhine-Westphalia. */
const HOLIDAYS: ReadonlySet<string> = new Set([
  ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-06-04'],
  ...['2026-10-03', '2026-11-01', '2026-12-25', '2026-12-26'],
  ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-01', '2027-05-06', '2027-05-17', '2027-05-27'],
  ...['2027-10-03', '2027-11-01', '2027-12-25', '2027-12-26'],
]);

const local = (moment: Date): DateTime => DateTime.fromJSDate(moment, { zone: ZONE });

const works = (day: DateTime): boolean => day.weekday <= 5 && !HOLIDAYS.has(day.toISODate()!);

export const isOfficeDay = (moment: Date): boolean => works(local(moment));

export const officeHour = (moment: Date): number => local(moment).hour;

export const daysLater = (moment: Date, days: number): Date => local(moment).plus({ days }).toJSDate();

export function workingDaysLater(moment: Date, count: number): Date {
  let days = 0;
  for (let left = count; left > 0; ) if (works(local(moment).plus({ days: ++days }))) left -= 1;
  return daysLater(moment, days);
}

/** Working days after the day of the one up to the day of the other. */
export function workingDaysUntil(from: Date, to: Date): number {
  let count = 0;
  for (
    let day = local(from).startOf('day').plus({ days: 1 });
    day <= local(to).startOf('day');
    day = day.plus({ days: 1 })
  )
    if (works(day)) count += 1;
  return count;
}

export const dayBegins = (localDate: string): Date => DateTime.fromISO(localDate, { zone: ZONE }).toJSDate();
export const localDay = (moment: Date): string => local(moment).toISODate()!;
