import type { DistrictRole, FigureFileRole, MunicipalityRole, PostalCodeRole } from './geo-columns.rules.js';
import type { GeoRow } from './geo-row.rules.js';
import { placeFault, readCount, readDay } from './geo-values.rules.js';
import { DemandMeasure, JobcenterForm } from './geography.rules.js';

/** A figure as it is stored, without its source. */
export interface FigureRecord {
  area_key: string;
  measure: DemandMeasure;
  reference_date: string;
  value: number | null;
}

/** What a row says of a municipality; null where the file is silent. */
export interface MunicipalityRecord {
  key: string;
  regional_key: string | null;
  name: string | null;
  kind: string | null;
  district_name: string | null;
  area: number | null;
  latitude: number | null;
  longitude: number | null;
  figures: FigureRecord[];
}

export interface DistrictRecord {
  key: string;
  name: string | null;
  kind: string | null;
  government_region: string | null;
  jobcenter_form: JobcenterForm | null;
  area: number | null;
  figures: FigureRecord[];
}

export interface PostalCodeRecord {
  code: string;
  municipality_key: string;
}

/** Null where the row is refused; why stands in its faults. @param day that figures without one of their own are of */
export function municipalityRecord(row: GeoRow<MunicipalityRole>, day: string | null): MunicipalityRecord | null {
  const { key, regionalKey } = row.municipalityKey('key', 'regionalKey');
  if (!key) return null;
  const district = row.key('districtKey', 5);
  if (district && !key.startsWith(district)) row.fault('OUT_OF_RANGE', 'districtKey');
  const record = {
    key,
    regional_key: regionalKey,
    name: row.text('name'),
    kind: row.text('kind'),
    district_name: row.text('districtName'),
    area: areaOf(row, 'area'),
    latitude: row.decimal('latitude'),
    longitude: row.decimal('longitude'),
    figures: figuresOf(row, key, day),
  };
  const { latitude, longitude } = record;
  if ((latitude === null) !== (longitude === null) && !row.isRefused)
    row.fault('MISSING_VALUE', latitude === null ? 'latitude' : 'longitude', '');
  const fault = latitude !== null && longitude !== null && placeFault({ latitude, longitude });
  if (fault) row.fault(fault, 'latitude', `${row.raw('latitude')} ${row.raw('longitude')}`);
  return row.isRefused ? null : record;
}

export function districtRecord(row: GeoRow<DistrictRole>, day: string | null): DistrictRecord | null {
  const key = row.key('key', 5);
  if (!key) return row.isRefused ? null : row.fault('MISSING_VALUE', 'key', '');
  const record = {
    key,
    name: row.text('name'),
    kind: row.text('kind'),
    government_region: row.text('governmentRegion'),
    jobcenter_form: jobcenterFormOf(row),
    area: areaOf(row, 'area'),
    figures: figuresOf(row, key, day),
  };
  return row.isRefused ? null : record;
}

export function postalCodeRecord(row: GeoRow<PostalCodeRole>): PostalCodeRecord | null {
  const raw = row.raw('code').replace(/\s/g, '');
  if (raw === '') row.fault('MISSING_VALUE', 'code', '');
  else if (!/^\d{4,5}$/.test(raw)) row.fault('BAD_FORMAT', 'code');
  else if (raw.length === 4) row.fault('NORMALISED', 'code', raw, 'NOTICE'); // a spreadsheet ate the zero of 01067
  const { key } = row.municipalityKey('key', 'regionalKey');
  return key && !row.isRefused ? { code: raw.padStart(5, '0'), municipality_key: key } : null;
}

/**
 * One figure of a table of figures: its area by whatever key, its value in the measure's own column or in `value`, its
 * day in a column, at the end of that heading, or the same for all.
 */
export function figureRecord(
  row: GeoRow<FigureFileRole>,
  measure: DemandMeasure,
  day: string | null,
): FigureRecord | null {
  const key = areaKeyOf(row);
  const role = row.column(measure) === null ? 'value' : measure;
  const value = readCount(row.raw(role));
  if (value === undefined) row.fault('BAD_FORMAT', role);
  const written = row.raw('date').trim();
  const date = written === '' ? (row.date(role) ?? day) : readDay(written);
  if (!date) row.fault(written === '' ? 'MISSING_VALUE' : 'BAD_FORMAT', 'date', written || 'of which day? --date');
  return row.isRefused ? null : { area_key: key!, measure, reference_date: date!, value: value! };
}

/** A column that may hold both is read by the length of what stands in it. */
function areaKeyOf(row: GeoRow<FigureFileRole>): string | null {
  const any = row.raw('any').trim();
  if (any !== '' && any.length <= 5) return row.key('any', 5);
  if (any !== '') return row.municipalityKey('any', 'regionalKey').key;
  if (row.raw('municipality').trim() || row.raw('regionalKey').trim())
    return row.municipalityKey('municipality', 'regionalKey').key;
  const key = row.key('district', 5);
  if (key || row.isRefused) return key;
  return row.fault(
    'MISSING_VALUE',
    (['any', 'municipality', 'district'] as const).find(role => row.column(role)) ?? 'any',
    '',
  );
}

function areaOf<Role extends string>(row: GeoRow<Role>, role: Role): number | null {
  const area = row.decimal(role);
  return area !== null && area <= 0 ? row.fault('OUT_OF_RANGE', role) : area;
}

const FORMS: Readonly<Record<string, JobcenterForm>> = {
  ge: JobcenterForm.JOINT_FACILITY,
  'gemeinsame einrichtung': JobcenterForm.JOINT_FACILITY,
  zkt: JobcenterForm.APPROVED_MUNICIPALITY,
  'zugelassener kommunaler träger': JobcenterForm.APPROVED_MUNICIPALITY,
  optionskommune: JobcenterForm.APPROVED_MUNICIPALITY,
};

function jobcenterFormOf(row: GeoRow<DistrictRole>): JobcenterForm | null {
  const text = row.text('jobcenterForm');
  const form = text === null ? null : FORMS[text.toLowerCase()];
  return form === undefined ? row.fault('UNKNOWN_VALUE', 'jobcenterForm', text ?? '', 'WARNING') : form;
}

/** The figures of every column that tells its day, or of all where a day is given. */
const figuresOf = (
  row: GeoRow<MunicipalityRole> | GeoRow<DistrictRole>,
  key: string,
  day: string | null,
): FigureRecord[] =>
  Object.values(DemandMeasure).flatMap(measure =>
    row.counts(measure, day).map(({ date, value }) => ({ area_key: key, measure, reference_date: date, value })),
  );
