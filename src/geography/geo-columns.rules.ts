import { isDay } from './geo-values.rules.js';
import { DemandMeasure } from './geography.rules.js';

/**
 * How official tables head their columns (IT.NRW, Destatis, BKG, BA, and plain English), by what they mean. Compared
 * without case, umlauts and punctuation; the year or day at the end of a name is what its figures are of.
 */
export type Headings<Role extends string> = Readonly<Partial<Record<Role, readonly string[]>>>;

export type FigureRole = DemandMeasure;
export type MunicipalityRole =
  | 'key'
  | 'regionalKey'
  | 'name'
  | 'kind'
  | 'districtKey'
  | 'districtName'
  | 'area'
  | 'latitude'
  | 'longitude'
  | FigureRole;
export type DistrictRole = 'key' | 'name' | 'kind' | 'governmentRegion' | 'jobcenterForm' | 'area' | FigureRole;
export type PostalCodeRole = 'code' | 'key' | 'regionalKey';
export type FigureFileRole = 'municipality' | 'district' | 'any' | 'regionalKey' | 'value' | 'date' | FigureRole;

const words = (text: string): string[] => text.trim().split(/\s+/);

const MUNICIPALITY_KEYS = words(`ags ags8 ags_8 gemeindeschluessel amtlicher_gemeindeschluessel gemeinde_ags
  amtlicher_gemeindeschluessel_ags gemeindekennziffer gkz municipality_key`);
const DISTRICT_KEYS =
  words(`ags5 ags_5 kreis_ags ags_kreis kreisschluessel amtlicher_kreisschluessel kreiskennziffer kkz krs
  district_key`);
const ANY_KEYS = words('schluessel schluesselnummer key area_key regionalcode');
const REGIONAL_KEYS = words('ars rs regionalschluessel amtlicher_regionalschluessel regional_key');
const NAMES = words('name bezeichnung gen geographischer_name');
const KINDS = words('type typ kind art bez');
const AREAS =
  words(`area area_km2 area_in_km2 flaeche flaeche_km2 flaeche_in_km2 flaeche_qkm flaeche_in_qkm gebietsflaeche
  gebietsflaeche_km2`);

const FIGURES: Record<FigureRole, readonly string[]> = {
  [DemandMeasure.POPULATION]: words(`population inhabitants einwohner einwohnerzahl einwohner_innen ew bevoelkerung
    bevoelkerungsstand bevoelkerung_insgesamt bevoelkerung_gesamt`),
  [DemandMeasure.SGB2_RECIPIENTS]: words(`sgb2_recipients recipients sgb_ii_leistungsberechtigte leistungsberechtigte
    regelleistungsberechtigte regelleistungsberechtigte_rlb rlb sgb_ii_empfaenger sgb2_empfaenger empfaenger_sgb_ii
    leistungsempfaenger`),
  [DemandMeasure.UNEMPLOYED]: words('unemployed arbeitslose arbeitslose_insgesamt'),
  [DemandMeasure.SEVERELY_DISABLED]: words('severely_disabled schwerbehinderte schwerbehinderte_menschen'),
};

export const MUNICIPALITY_HEADINGS: Headings<MunicipalityRole> = {
  key: [...MUNICIPALITY_KEYS, ...ANY_KEYS],
  regionalKey: REGIONAL_KEYS,
  name: [...NAMES, ...words('gemeinde gemeindename stadt_gemeinde municipality')],
  kind: [...KINDS, 'gemeindetyp'],
  districtKey: DISTRICT_KEYS,
  districtName: words('kreis kreisname kreis_name landkreis district district_name'),
  area: AREAS,
  latitude: words('lat latitude breite breitengrad geographische_breite breite_wgs84'),
  longitude: words('lon lng long longitude laenge laengengrad geographische_laenge laenge_wgs84'),
  ...FIGURES,
};

export const DISTRICT_HEADINGS: Headings<DistrictRole> = {
  key: [...DISTRICT_KEYS, ...words('ags ars rs'), ...ANY_KEYS],
  name: [...NAMES, ...words('kreis kreisname kreis_name landkreis district district_name')],
  kind: [...KINDS, 'kreistyp'],
  governmentRegion: words('regierungsbezirk regbez rb government_region'),
  jobcenterForm: words('jobcenter_form jobcenter jobcenterform traegerform form organisationsform'),
  area: AREAS,
  ...FIGURES,
};

export const POSTAL_CODE_HEADINGS: Headings<PostalCodeRole> = {
  code: words('plz plz5 postleitzahl postal_code postcode zip zip_code'),
  key: [...MUNICIPALITY_KEYS, ...ANY_KEYS],
  regionalKey: REGIONAL_KEYS,
};

export const FIGURE_HEADINGS: Headings<FigureFileRole> = {
  any: ['ags', ...ANY_KEYS],
  municipality: MUNICIPALITY_KEYS.filter(name => name !== 'ags'),
  regionalKey: REGIONAL_KEYS,
  district: DISTRICT_KEYS,
  date: words('stichtag datum date day reference_date jahr year berichtsmonat'),
  value: words('value wert anzahl count number insgesamt'),
  ...FIGURES,
};

export interface FoundColumn {
  /** As the file heads it. */
  column: string;
  /** YYYY-MM-DD, where the name ends in a day or a year; of a year the last day. */
  date: string | null;
}

/** The columns of a file by what they mean, and those that mean nothing here. */
export function columnsOfHeader<Role extends string>(
  header: readonly string[],
  headings: Headings<Role>,
): { found: Map<Role, FoundColumn[]>; unknown: string[] } {
  const roles = new Map<string, Role>();
  for (const [role, names] of Object.entries(headings) as [Role, readonly string[]][])
    for (const name of names) if (!roles.has(name)) roles.set(name, role);
  const found = new Map<Role, FoundColumn[]>();
  const unknown: string[] = [];
  for (const column of header) {
    const whole = plainHeading(column);
    const { name, date } = roles.has(whole) ? { name: whole, date: null } : withoutDate(whole);
    const role = roles.get(name);
    if (role) found.set(role, [...(found.get(role) ?? []), { column, date }]);
    else unknown.push(column);
  }
  return { found, unknown };
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', '²': '2' };

/** `Fläche (km²)` → `flaeche_km2`. */
const plainHeading = (heading: string): string =>
  heading
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß²]/g, char => UMLAUTS[char]!)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

const ENDINGS: readonly [RegExp, (parts: readonly string[]) => string][] = [
  [/_((?:19|20)\d\d)_(\d\d)_(\d\d)$/, ([, year, month, day]) => `${year}-${month}-${day}`],
  [/_(\d\d)_(\d\d)_((?:19|20)\d\d)$/, ([, day, month, year]) => `${year}-${month}-${day}`],
  [/_((?:19|20)\d\d)$/, ([, year]) => `${year}-12-31`],
];

function withoutDate(name: string): FoundColumn & { name: string } {
  for (const [ending, dateOf] of ENDINGS) {
    const parts = ending.exec(name);
    if (parts && isDay(dateOf(parts))) return { column: name, name: name.replace(ending, ''), date: dateOf(parts) };
  }
  return { column: name, name, date: null };
}
