import { registerEnumType } from 'type-graphql';
import { Attendance, OnHolidays, Recurrence, Weekday } from './opening-hours.rules.js';

registerEnumType(Weekday, {
  name: 'Weekday',
  description: 'A day of the week (Wochentag).',
  valuesConfig: {
    MONDAY: { description: 'Monday (Montag).' },
    TUESDAY: { description: 'Tuesday (Dienstag).' },
    WEDNESDAY: { description: 'Wednesday (Mittwoch).' },
    THURSDAY: { description: 'Thursday (Donnerstag).' },
    FRIDAY: { description: 'Friday (Freitag).' },
    SATURDAY: { description: 'Saturday (Samstag).' },
    SUNDAY: { description: 'Sunday (Sonntag).' },
  },
});

registerEnumType(Recurrence, {
  name: 'Recurrence',
  description: 'How a series of days comes again, as in RFC 5545.',
  valuesConfig: {
    DAILY: { description: 'Every day, or every n-th.' },
    WEEKLY: { description: 'On days of the week, in every week or every n-th.' },
    MONTHLY: { description: 'On days of the month, or on the n-th weekdays of it.' },
    YEARLY: { description: 'On days of the year.' },
  },
});

registerEnumType(Attendance, {
  name: 'Attendance',
  description: 'How one gets through during these hours.',
  valuesConfig: {
    OPEN_DOOR: { description: 'One can just come (offene Sprechstunde).' },
    BY_APPOINTMENT: { description: 'With an appointment only (nach Vereinbarung).' },
    PHONE: { description: 'By phone (Telefonsprechstunde).' },
    VIDEO: { description: 'By video (Videosprechstunde).' },
  },
});

registerEnumType(OnHolidays, {
  name: 'OnHolidays',
  description: 'What a rule makes of the public holidays of the state.',
  valuesConfig: {
    CLOSED: { description: 'It does not hold on them; the usual.' },
    OPEN: { description: 'It holds on them too.' },
    ONLY: { description: 'It holds on them alone.' },
  },
});
