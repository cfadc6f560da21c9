import { PayPeriod } from '../job-opening/job-opening.rules.js';
import { hoursOf } from '../opening-hours/opening-hours.rules.js';
import { hoursText } from '../opening-hours/opening-hours-text.rules.js';
import { PartnerKind } from '../partner/partner.rules.js';
import type { JsonValue } from '../record/record.rules.js';
import { DeliveryMode, FeedbackLevel } from '../service/service.rules.js';
import { germanDay } from '../shared/calendar.rules.js';
import { type Bilingual, inLanguage } from '../shared/texts.rules.js';

/** What people call the words of a field; codes of reference data are looked up instead. */
export const WORDS: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  kinds: {
    [PartnerKind.COUNSELLING_CENTRE]: { de: 'Beratungsstelle', en: 'counselling centre' },
    [PartnerKind.EMPLOYER]: { de: 'Arbeitgeber', en: 'employer' },
    [PartnerKind.TRAINING_PROVIDER]: { de: 'Bildungsträger', en: 'training provider' },
    [PartnerKind.WELFARE_ASSOCIATION]: { de: 'Wohlfahrtsverband', en: 'welfare association' },
    [PartnerKind.MUNICIPAL_INSTITUTION]: { de: 'kommunale Einrichtung', en: 'municipal institution' },
    [PartnerKind.HEALTH_FACILITY]: { de: 'Gesundheitseinrichtung', en: 'health facility' },
    [PartnerKind.PUBLIC_INSTITUTION]: { de: 'öffentliche Einrichtung', en: 'public institution' },
  },
  deliveryModes: {
    [DeliveryMode.ON_SITE]: { de: 'vor Ort', en: 'on site' },
    [DeliveryMode.OUTREACH]: { de: 'aufsuchend', en: 'outreach' },
    [DeliveryMode.PHONE]: { de: 'telefonisch', en: 'by phone' },
    [DeliveryMode.ONLINE]: { de: 'online', en: 'online' },
  },
  status: {
    PENDING: { de: 'vorgemerkt', en: 'pending' },
    NOT_ADMITTED: { de: 'nicht aufgenommen', en: 'not admitted' },
    ACTIVE: { de: 'aktiv', en: 'active' },
    PAUSED: { de: 'ruht', en: 'paused' },
    CLOSED: { de: 'geschlossen', en: 'closed' },
    ARCHIVED: { de: 'archiviert', en: 'archived' },
    OPEN: { de: 'offen', en: 'open' },
    FILLED: { de: 'besetzt', en: 'filled' },
    WITHDRAWN: { de: 'zurückgezogen', en: 'withdrawn' },
  },
  payPer: {
    [PayPeriod.HOUR]: { de: 'Stunde', en: 'hour' },
    [PayPeriod.MONTH]: { de: 'Monat', en: 'month' },
  },
  feedbackLevel: {
    [FeedbackLevel.NONE]: { de: 'keine Rückmeldung', en: 'none' },
    [FeedbackLevel.RECEIVED_ONLY]: { de: 'nur Eingang und Aufnahme', en: 'received only' },
    [FeedbackLevel.STATUS]: { de: 'Stand', en: 'status' },
    [FeedbackLevel.STATUS_AND_OUTCOME]: { de: 'Stand und Ergebnis', en: 'status and outcome' },
  },
};

const YES: Bilingual = { de: 'ja', en: 'yes' };
const NO: Bilingual = { de: 'nein', en: 'no' };
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Names of codes and ids, by the value. */
export type Names = ReadonlyMap<string, string>;

/**
 * The value of a field as a short text; null for an empty one. Of objects, what they say, without the names of their
 * members.
 */
export function valueText(field: string, value: JsonValue, language: string | null, names: Names): string | null {
  if (field === 'openingHours') return hoursText(hoursOf(value), language, null);
  const text = (one: JsonValue): string => {
    if (one === null) return '';
    if (typeof one === 'boolean') return inLanguage(language, one ? YES : NO);
    if (typeof one === 'number') return one.toLocaleString(inLanguage(language, { de: 'de', en: 'en' }));
    if (typeof one === 'string') return wordOf(field, one, language, names);
    const parts = Array.isArray(one) ? one : membersOf(one as Readonly<Record<string, JsonValue>>);
    const between = one === value && parts.some(part => typeof part === 'object') ? '; ' : ', ';
    return parts
      .map(text)
      .filter(part => part !== '')
      .join(between);
  };
  return text(value) || null;
}

/** What a person reads first; the database keeps no order. */
const FIRST = ['feature', 'responsibility', 'name', 'state'];

const membersOf = (object: Readonly<Record<string, JsonValue>>): JsonValue[] => [
  ...FIRST.flatMap(name => object[name] ?? []),
  ...Object.entries(object).flatMap(([name, value]) => (FIRST.includes(name) ? [] : [value])),
];

function wordOf(field: string, word: string, language: string | null, names: Names): string {
  const known = WORDS[field]?.[word];
  if (known) return inLanguage(language, known);
  if (DAY.test(word)) return inLanguage(language, { de: germanDay(word), en: word });
  return names.get(word) ?? word;
}

/** The names of languages by their tags. */
export function languageNames(tags: readonly string[], language: string | null): Names {
  const names = new Intl.DisplayNames(inLanguage(language, { de: 'de', en: 'en' }), { type: 'language' });
  return new Map(tags.map(tag => [tag, names.of(new Intl.Locale(tag).baseName) ?? tag]));
}
