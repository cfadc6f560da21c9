import type { ServiceInstrument } from '../instrument/service-instrument.rules.js';
import { occupationName } from '../occupation/occupation.rules.js';
import { hoursOf } from '../opening-hours/opening-hours.rules.js';
import { englishDate, hoursText } from '../opening-hours/opening-hours-text.rules.js';
import type { Contact } from '../partner/contact.rules.js';
import type { JsonValue } from '../record/record.rules.js';
import type { Cost, Criterion, RequiredDocument } from '../service/service-terms.rules.js';
import { germanDay } from '../shared/calendar.rules.js';
import { type Bilingual, inLanguage } from '../shared/texts.rules.js';
import { EFFECTS, FEATURES, languageNames, type Names, STATES, UNITS, WORDS } from './field-words.rules.js';

/** In which language, and what codes and ids are called. */
interface Writing {
  readonly language: string | null;
  readonly names: Names;
}

/** How a field of a record is written for people; what is empty is not asked for. */
type Writer = (value: JsonValue, writing: Writing) => string;

const asWritten: Writer = value => String(value);

const yesOrNo: Writer = (value, { language }) =>
  inLanguage(language, value ? { de: 'ja', en: 'yes' } : { de: 'nein', en: 'no' });

const day: Writer = (value, { language }) =>
  inLanguage(language, { de: germanDay(String(value)), en: englishDate(String(value)) });

const number =
  (digits: number, many?: Bilingual, one?: Bilingual): Writer =>
  (value, { language }) => {
    const text = Number(value).toLocaleString(localeOf(language), { maximumFractionDigits: digits });
    const unit = value === 1 ? one : many;
    return unit ? `${text} ${inLanguage(language, unit)}` : text;
  };

const word =
  (field: string): Writer =>
  (value, { language }) => {
    const known = WORDS[field]?.[String(value)];
    return known ? inLanguage(language, known) : String(value);
  };

const named: Writer = (value, { names }) => names.get(String(value)) ?? String(value);

/** An id tells nobody anything: of what is not there, or not to be seen, that is said. */
const namedOr =
  (unnamed: Bilingual): Writer =>
  (value, { language, names }) =>
    names.get(String(value)) ?? inLanguage(language, unnamed);

const spoken: Writer = (value, { language }) => languageNames([String(value)], language).get(String(value))!;

/** Things of one word each stand between commas, longer ones between semicolons. */
const listOf =
  (one: Writer, between: ', ' | '; ' = ', '): Writer =>
  (value, writing) =>
    (value as readonly JsonValue[]).map(item => one(item, writing)).join(between);

const localeOf = (language: string | null): string => inLanguage(language, { de: 'de', en: 'en-GB' });

/** 1.250,00 €, of hundredths. */
const amount = (cents: number, currency: string, language: string | null): string =>
  (cents / 100)
    .toLocaleString(localeOf(language), { style: 'currency', currency, minimumFractionDigits: 2 })
    // People copy it, and look for it.
    .replaceAll('\u00a0', ' ');

const pay: Writer = (value, { language }) => amount(Number(value), 'EUR', language);

const cost: Writer = (value, writing) => {
  const { amountCents, currency, unit, free, description, validFrom, validTo } = value as unknown as Cost;
  const { language } = writing;
  const sum = amountCents == null ? null : amount(amountCents, currency, language);
  const per = sum !== null && unit ? ` ${inLanguage(language, UNITS[unit]!)}` : '';
  const costs = free ? inLanguage(language, { de: 'kostenlos', en: 'free of charge' }) : sum && `${sum}${per}`;
  const said = description ?? inLanguage(language, { de: 'Betrag nicht bekannt', en: 'amount not known' });
  const text = costs === null ? said : description ? `${costs} (${description})` : costs;
  const limits = [
    validFrom && `${inLanguage(language, { de: 'ab', en: 'from' })} ${day(validFrom, writing)}`,
    validTo && `${inLanguage(language, { de: 'bis', en: 'until' })} ${day(validTo, writing)}`,
  ].filter(Boolean);
  return limits.length > 0 ? `${text}, ${limits.join(' ')}` : text;
};

/** "Voraussetzung: Langzeitarbeitslosigkeit oder Rückkehr in den Beruf (auch in Teilzeit)". */
const criterion: Writer = (value, { language, names }) => {
  const { effect, needs, text } = value as unknown as Criterion;
  const or = inLanguage(language, { de: ' oder ', en: ' or ' });
  const any = (needs ?? []).map(code => names.get(code) ?? code).join(or);
  return `${inLanguage(language, EFFECTS[effect]!)}: ${any && text ? `${any} (${text})` : any || text}`;
};

const document: Writer = value => {
  const { name, url } = value as unknown as RequiredDocument;
  return url ? `${name} (${url})` : name;
};

/** "Arbeitsgelegenheit (erforderlich, Zulassung 123, bis 31.12.2027)". */
const instrument: Writer = (value, writing) => {
  const { language, names } = writing;
  const { instrument: code, required, approvalNumber, ...own } = value as unknown as ServiceInstrument;
  const said = [
    required && inLanguage(language, { de: 'erforderlich', en: 'required' }),
    own.approvedProvider && inLanguage(language, { de: 'Träger zugelassen', en: 'provider approved' }),
    own.approvedMeasure && inLanguage(language, { de: 'Maßnahme zugelassen', en: 'measure approved' }),
    approvalNumber && `${inLanguage(language, { de: 'Zulassung', en: 'approval' })} ${approvalNumber}`,
    own.validFrom && `${inLanguage(language, { de: 'ab', en: 'from' })} ${day(own.validFrom, writing)}`,
    own.validTo && `${inLanguage(language, { de: 'bis', en: 'until' })} ${day(own.validTo, writing)}`,
  ].filter(Boolean);
  const name = names.get(code) ?? code;
  return said.length > 0 ? `${name} (${said.join(', ')})` : name;
};

const contact: Writer = (value, writing) => {
  const { responsibility, name, department, email, phone, languages } = value as unknown as Contact;
  const speaks = inLanguage(writing.language, { de: 'spricht', en: 'speaks' });
  const tongues = languages?.length ? `${speaks} ${listOf(spoken)([...languages], writing)}` : null;
  return [responsibility, name, department, email, phone, tongues].filter(Boolean).join(', ');
};

const feature: Writer = (value, writing) => {
  const { feature: which, state, assessedOn } = value as unknown as Readonly<Record<string, string | null>>;
  const { language } = writing;
  const text = `${inLanguage(language, FEATURES[which!]!)}: ${inLanguage(language, STATES[state!]!)}`;
  if (!assessedOn) return text;
  return `${text} (${inLanguage(language, { de: 'geprüft am', en: 'assessed on' })} ${day(assessedOn, writing)})`;
};

const place = namedOr({ de: 'ein Standort, den es nicht mehr gibt', en: 'a location that is no more' });
const hours = number(2, { de: 'Stunden', en: 'hours' }, { de: 'Stunde', en: 'hour' });
const years = number(0, { de: 'Jahre', en: 'years' }, { de: 'Jahr', en: 'year' });

/** Every field of every kind of record, and reports of places; fields of one name say the same in all of them. */
const WRITERS: Readonly<Record<string, Writer>> = {
  name: asWritten,
  alternateName: asWritten,
  title: asWritten,
  kinds: listOf(word('kinds')),
  description: asWritten,
  parent: namedOr({ de: 'ein Partner, der nicht veröffentlicht ist', en: 'a partner that is not published' }),
  status: word('status'),
  email: asWritten,
  phone: asWritten,
  website: asWritten,
  contacts: listOf(contact, '; '),
  street: asWritten,
  postalCode: asWritten,
  city: asWritten,
  municipality: named,
  latitude: number(6),
  longitude: number(6),
  addressProtected: yesOrNo,
  directions: asWritten,
  accessibility: listOf(feature, '; '),
  openingHours: (value, { language }) => hoursText(hoursOf(value), language, null) ?? '',
  intakePausedUntil: day,
  categories: listOf(named),
  needs: listOf(named),
  languages: listOf(spoken),
  interpretation: yesOrNo,
  deliveryModes: listOf(word('deliveryModes')),
  total: number(0),
  occupiedElsewhere: number(0),
  waiting: number(0),
  expectedWaitDays: number(0, { de: 'Tage', en: 'days' }, { de: 'Tag', en: 'day' }),
  minimumAge: years,
  maximumAge: years,
  criteria: listOf(criterion, '; '),
  costs: listOf(cost, '; '),
  requiredDocuments: listOf(document, '; '),
  instruments: listOf(instrument, '; '),
  howToApply: asWritten,
  keepsWaitingList: yesOrNo,
  feedbackLevel: word('feedbackLevel'),
  locations: listOf(place, '; '),
  serviceArea: listOf(named),
  occupation: (value, { language }) => inLanguage(language, occupationName(String(value))),
  positions: number(0),
  validUntil: day,
  hoursFrom: hours,
  hoursTo: hours,
  payFromCents: pay,
  payToCents: pay,
  payPer: word('payPer'),
  collectiveAgreement: asWritten,
  startsOn: day,
  fixedTermUntil: day,
  requirements: asWritten,
  location: place,
};

/**
 * The value of a field of a record as people write it, in German or English; null for an empty one.
 *
 * @param names what the codes and ids in it are called
 */
export function valueText(field: string, value: JsonValue, language: string | null, names: Names): string | null {
  if (value === null) return null;
  const write = WRITERS[field];
  if (!write) throw new Error(`Nobody knows how to write the field ${field}.`);
  return write(value, { language, names }) || null;
}
