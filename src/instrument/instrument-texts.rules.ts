import { type Bilingual, inLanguage } from '../shared/texts.rules.js';
import { DECISION_FORMS, type InstrumentRule, InstrumentRuleKind, type SubsidyStep } from './instrument.rules.js';
import { type RuleCheck, RuleState } from './instrument-check.rules.js';

/** What people call the code of a need or of an instrument. */
export type NameOf = (code: string) => Bilingual;

const K = InstrumentRuleKind;

const months = (count: number): Bilingual => ({
  de: count === 1 ? '1 Monat' : `${count} Monate`,
  en: count === 1 ? '1 month' : `${count} months`,
});
const ofMonths = (count: number): string => (count === 1 ? 'eines Monats' : `von ${count} Monaten`);

/** What a rule says, as a sentence without a full stop. */
export function ruleText(rule: InstrumentRule, nameOf: NameOf): Bilingual {
  switch (rule.kind) {
    case K.DECISION_NEEDED:
      return {
        de: `Vorher entscheidet das Amt (${DECISION_FORMS[rule.form].de})`,
        en: `The office decides before (${DECISION_FORMS[rule.form].en})`,
      };
    case K.LIMITED_VALIDITY:
      return { de: 'Die Entscheidung ist befristet', en: 'The decision holds for a limited time' };
    case K.REGION:
      return {
        de: 'Die Entscheidung kann auf eine Region beschränkt sein',
        en: 'The decision may be limited to a region',
      };
    case K.ORDER_TERMS:
      return {
        de: 'Der Auftrag nennt Art, Umfang und Dauer',
        en: 'The order names type, extent and duration',
      };
    case K.APPROVED_PROVIDER:
      return { de: 'Der Träger ist zugelassen', en: 'The provider is approved' };
    case K.APPROVED_MEASURE:
      return { de: 'Die Maßnahme ist zugelassen', en: 'The measure is approved' };
    case K.MINIMUM_AGE:
      return { de: `Mindestens ${rule.years} Jahre alt`, en: `At least ${rule.years} years old` };
    case K.NEEDS:
      return listed(rule.needs, nameOf, 'Für Menschen mit: ', 'For people with: ', ' oder ', ' or ');
    case K.UNEMPLOYED_MONTHS:
      return {
        de: `Seit mindestens ${rule.months} Monaten arbeitslos`,
        en: `Unemployed for at least ${months(rule.months).en}`,
      };
    case K.BENEFIT_MONTHS:
      return {
        de: `Mindestens ${months(rule.months).de} Leistungsbezug innerhalb ${ofMonths(rule.withinMonths)}`,
        en: `At least ${months(rule.months).en} of benefit within ${months(rule.withinMonths).en}`,
      };
    case K.DURATION_IN_WINDOW:
      return {
        de: `Höchstens ${months(rule.months).de} innerhalb ${ofMonths(rule.withinMonths)}`,
        en: `${months(rule.months).en} within ${months(rule.withinMonths).en} at most`,
      };
    case K.LONGEST_DURATION:
      return { de: `Höchstens ${months(rule.months).de}`, en: `${months(rule.months).en} at most` };
    case K.SUBSIDY_STEPS:
      return {
        de: `Zuschuss: ${rule.steps.map(step => `${span(step)} ${step.percent} %`).join(', ')}`,
        en: `Subsidy: ${rule.steps.map(step => `${span(step)} ${step.percent}%`).join(', ')}`,
      };
    case K.COMBINES_WITH:
      return listed(rule.instruments, nameOf, 'Kombinierbar mit: ', 'May be combined with: ', ', ', ', ');
    case K.EXCLUDES:
      return listed(rule.instruments, nameOf, 'Nicht zugleich mit: ', 'Not together with: ', ', ', ', ');
  }
}

const span = ({ fromMonth, untilMonth }: SubsidyStep): string =>
  fromMonth === untilMonth ? `${fromMonth}.` : `${fromMonth}.–${untilMonth}.`;

function listed(
  codes: readonly string[],
  nameOf: NameOf,
  leadDe: string,
  leadEn: string,
  orDe: string,
  orEn: string,
): Bilingual {
  const names = codes.map(nameOf);
  return { de: leadDe + names.map(one => one.de).join(orDe), en: leadEn + names.map(one => one.en).join(orEn) };
}

const LEADS: Readonly<Record<RuleState, Bilingual>> = {
  [RuleState.MET]: { de: 'Erfüllt', en: 'Met' },
  [RuleState.NOT_MET]: { de: 'Nicht erfüllt', en: 'Not met' },
  [RuleState.OPEN]: { de: 'Zu klären', en: 'To be cleared up' },
  [RuleState.STATED]: { de: 'Hinweis', en: 'Note' },
};

/** "Nicht erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (20 genutzt, 6 geplant)". @param language BCP 47 */
export function checkedText({ rule, state, seen }: RuleCheck, nameOf: NameOf, language: string | null): string {
  const text = `${inLanguage(language, LEADS[state])}: ${inLanguage(language, ruleText(rule, nameOf))}`;
  return seen ? `${text} (${inLanguage(language, seen)})` : text;
}
