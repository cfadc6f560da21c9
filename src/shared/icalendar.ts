import ical, { ICalEventStatus } from 'ical-generator';

/** One event of a calendar, without a word about a person. */
export interface CalendarEvent {
  /** The same for ever, also once it has moved. */
  uid: string;
  /** Goes up with each change: the highest of one `uid` counts. */
  sequence: number;
  at: Date;
  cancelled: boolean;
  summary: string;
  location: string | null;
}

const PRODUCT = { company: 'Partnernetz', product: 'Partnernetz', language: 'DE' };

/**
 * A calendar in the form of RFC 5545. Moments are in UTC, so no calendar has to know our time zone. How long an event
 * takes nobody has said: it has no end.
 */
export function icalendar(events: readonly CalendarEvent[], now: Date): string {
  const calendar = ical({ prodId: PRODUCT });
  for (const { uid, sequence, at, cancelled, summary, location } of events)
    calendar.createEvent({
      id: `${uid}@partnernetz`,
      sequence,
      stamp: now,
      start: at,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      summary,
      location,
    });
  return `${calendar.toString()}\r\n`; // each line ends, the last one too
}
