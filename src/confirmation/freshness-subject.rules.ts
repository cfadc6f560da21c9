/** What gets old. */
export enum FreshnessSubject {
  PARTNERS = 'PARTNERS',
  LOCATIONS = 'LOCATIONS',
  SERVICES = 'SERVICES',
  PLACES = 'PLACES',
}
