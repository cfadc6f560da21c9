/** What people are counted for. */
export enum DemandMeasure {
  POPULATION = 'POPULATION',
  SGB2_RECIPIENTS = 'SGB2_RECIPIENTS',
  UNEMPLOYED = 'UNEMPLOYED',
  SEVERELY_DISABLED = 'SEVERELY_DISABLED',
}

/** Who runs the Jobcenter of a district (SGB II §6d). */
export enum JobcenterForm {
  JOINT_FACILITY = 'JOINT_FACILITY',
  APPROVED_MUNICIPALITY = 'APPROVED_MUNICIPALITY',
}

/** Digits of a key, and what it names. */
export const STATE_DIGITS = 2;
export const DISTRICT_DIGITS = 5;
export const MUNICIPALITY_DIGITS = 8;

/** A municipality (8 digits), a district (5) or a state (2). */
export const isAreaKey = (text: string): boolean => /^(\d{2}|\d{5}|\d{8})$/.test(text);

/** Those of one measure, or all where none is named. */
export const ofMeasure = <Figure extends { measure: DemandMeasure }>(
  figures: readonly Figure[],
  measure: DemandMeasure | null | undefined,
): Figure[] => figures.filter(figure => measure == null || figure.measure === measure);
