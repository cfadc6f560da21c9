import { PayPeriod } from '../job-opening/job-opening.rules.js';
import { AccessibilityFeature, FeatureState } from '../location/location.rules.js';
import { PartnerKind } from '../partner/partner.rules.js';
import { DeliveryMode, FeedbackLevel } from '../service/service.rules.js';
import { CostUnit, CriterionEffect } from '../service/service-terms.rules.js';
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

/** What people call the features of a location, and what is known of them. */
export const FEATURES: Readonly<Record<string, Bilingual>> = {
  [AccessibilityFeature.STEP_FREE_ENTRANCE]: { de: 'Stufenloser Eingang', en: 'Step-free entrance' },
  [AccessibilityFeature.LIFT]: { de: 'Aufzug', en: 'Lift' },
  [AccessibilityFeature.ACCESSIBLE_TOILET]: { de: 'Barrierefreie Toilette', en: 'Accessible toilet' },
  [AccessibilityFeature.ACCESSIBLE_PARKING]: { de: 'Behindertenparkplatz', en: 'Accessible parking space' },
  [AccessibilityFeature.TACTILE_GUIDANCE]: { de: 'Leitsystem für Blinde', en: 'Tactile guidance' },
  [AccessibilityFeature.INDUCTION_LOOP]: { de: 'Induktive Höranlage', en: 'Induction loop' },
  [AccessibilityFeature.SIGN_LANGUAGE]: { de: 'Gebärdensprache', en: 'Sign language' },
  [AccessibilityFeature.EASY_LANGUAGE]: { de: 'Leichte Sprache', en: 'Easy language' },
  [AccessibilityFeature.QUIET_ROOM]: { de: 'Ruhiger Raum', en: 'Quiet room' },
};

export const STATES: Readonly<Record<string, Bilingual>> = {
  [FeatureState.YES]: { de: 'ja', en: 'yes' },
  [FeatureState.NO]: { de: 'nein', en: 'no' },
  [FeatureState.UNKNOWN]: { de: 'nicht bekannt', en: 'not known' },
};

/** What an amount is for, behind the amount. */
export const UNITS: Readonly<Record<string, Bilingual>> = {
  [CostUnit.ONCE]: { de: 'einmalig', en: 'once' },
  [CostUnit.HOUR]: { de: 'je Stunde', en: 'an hour' },
  [CostUnit.SESSION]: { de: 'je Termin', en: 'a session' },
  [CostUnit.DAY]: { de: 'am Tag', en: 'a day' },
  [CostUnit.WEEK]: { de: 'in der Woche', en: 'a week' },
  [CostUnit.MONTH]: { de: 'im Monat', en: 'a month' },
  [CostUnit.YEAR]: { de: 'im Jahr', en: 'a year' },
};

export const EFFECTS: Readonly<Record<string, Bilingual>> = {
  [CriterionEffect.REQUIRES]: { de: 'Voraussetzung', en: 'Required' },
  [CriterionEffect.EXCLUDES]: { de: 'Ausgeschlossen', en: 'Excluded' },
};

/** Names of codes and ids, by the value. */
export type Names = ReadonlyMap<string, string>;

/** Intl knows no sign languages. */
const SIGNED: Readonly<Record<string, Bilingual>> = {
  gsg: { de: 'Deutsche Gebärdensprache', en: 'German Sign Language' },
};

/** The names of languages by their tags. */
export function languageNames(tags: readonly string[], language: string | null): Names {
  const names = new Intl.DisplayNames(inLanguage(language, { de: 'de', en: 'en' }), { type: 'language' });
  const nameOf = (tag: string): string =>
    SIGNED[tag] ? inLanguage(language, SIGNED[tag]) : (names.of(new Intl.Locale(tag).baseName) ?? tag);
  return new Map(tags.map(tag => [tag, nameOf(tag)]));
}
