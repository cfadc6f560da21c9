import { CriterionState } from '../service/service-criteria.rules.js';
import { CriterionEffect } from '../service/service-terms.rules.js';
import { germanDay } from '../shared/calendar.rules.js';
import { type Bilingual, inLanguage } from '../shared/texts.rules.js';
import { type ClosedIntake, MatchBlocker } from './match.rules.js';

const BLOCKERS: Readonly<Record<MatchBlocker, Bilingual>> = {
  [MatchBlocker.CATEGORY]: { de: 'andere Angebotsart', en: 'another category' },
  [MatchBlocker.OUT_OF_AREA]: {
    de: 'der Wohnort liegt nicht im Einzugsgebiet',
    en: 'the municipality is outside its area',
  },
  [MatchBlocker.NO_FREE_PLACE]: { de: 'kein freier Platz bekannt', en: 'no free place known' },
  [MatchBlocker.INTAKE_PAUSED]: { de: 'nimmt zurzeit niemanden auf', en: 'takes nobody for now' },
  [MatchBlocker.INACTIVE]: { de: 'wird zurzeit nicht angeboten', en: 'is not offered now' },
  [MatchBlocker.LANGUAGE]: {
    de: 'keine der gewünschten Sprachen, auch nicht mit Sprachmittlung',
    en: 'none of the asked languages, nor an interpreter',
  },
  [MatchBlocker.ACCESSIBILITY]: {
    de: 'kein Standort, von dem alle verlangten Merkmale bekannt sind',
    en: 'no location known to have all required features',
  },
  [MatchBlocker.AGE]: { de: 'das Alter passt nicht', en: 'the age does not fit' },
  [MatchBlocker.NOT_ELIGIBLE]: {
    de: 'ein Aufnahmekriterium ist nicht erfüllt',
    en: 'one of its criteria is not met',
  },
  [MatchBlocker.TOO_FAR]: {
    de: 'zu weit entfernt, oder die Entfernung ist nicht bekannt',
    en: 'too far, or nobody knows how far',
  },
  [MatchBlocker.NOT_SHARED]: {
    de: 'gehört einem anderen Netzwerk, das es nicht mit Ihrem teilt',
    en: 'of another network, which does not share it with yours',
  },
  [MatchBlocker.INSTRUMENT]: {
    de: 'die Förderung passt nicht',
    en: 'the funding does not fit',
  },
};

/** Why a service does not fit, as a phrase. @param language BCP 47; German for everything but English */
export function blockerText(
  blocker: MatchBlocker,
  language: string | null,
  closedIntake: ClosedIntake | null = null,
): string {
  const text = inLanguage(language, BLOCKERS[blocker]);
  if (blocker !== MatchBlocker.INTAKE_PAUSED || !closedIntake) return text;
  return `${text} (${inLanguage(language, closedIntakeText(closedIntake))})`;
}

/** Why a service of a programme takes nobody for now, and until when. */
export const closedIntakeText = ({ programme, opensOn }: ClosedIntake): Bilingual => ({
  de: `Programm „${programme}“: ${opensOn ? `nächste Aufnahme ab ${germanDay(opensOn)}` : 'kein weiterer Durchlauf bekannt'}`,
  en: `programme “${programme}”: ${opensOn ? `takes people again from ${opensOn} on` : 'no further round known'}`,
});

const { REQUIRES, EXCLUDES } = CriterionEffect;

/** What is said of a criterion before what it names. */
const LEADS: Readonly<Record<CriterionEffect, Readonly<Record<CriterionState, Bilingual>>>> = {
  [REQUIRES]: {
    [CriterionState.HOLDS]: { de: 'Voraussetzung erfüllt', en: 'Required and met' },
    [CriterionState.FAILS]: { de: 'Voraussetzung nicht erfüllt', en: 'Required and not met' },
    [CriterionState.OPEN]: { de: 'Zu klären, ob die Voraussetzung erfüllt ist', en: 'Required, to be cleared up' },
  },
  [EXCLUDES]: {
    [CriterionState.HOLDS]: { de: 'Ausschlussgrund liegt nicht vor', en: 'Excluded, does not apply' },
    [CriterionState.FAILS]: { de: 'Ausgeschlossen', en: 'Excluded' },
    [CriterionState.OPEN]: { de: 'Zu klären, ob ein Ausschlussgrund vorliegt', en: 'Excluded, to be cleared up' },
  },
};

/** A criterion with the labels of its needs. */
interface Named {
  readonly effect: CriterionEffect;
  readonly needs: readonly Bilingual[];
  readonly text: string | null;
}

/** "Voraussetzung nicht erfüllt: Langzeitarbeitslosigkeit (seit zwei Jahren)". @param language as above */
export function checkText({ effect, needs, text }: Named, state: CriterionState, language: string | null): string {
  const or = inLanguage(language, { de: ' oder ', en: ' or ' });
  const named = needs.map(need => inLanguage(language, need)).join(or);
  return `${inLanguage(language, LEADS[effect][state])}: ${named && text ? `${named} (${text})` : named || text}`;
}
