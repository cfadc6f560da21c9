/** What is told of an organisation in the form of the Human Services Data Specification. */
type Told = Readonly<Record<string, unknown>>;

const CONTEXT = 'https://schema.org';

const listed = (value: unknown): Told[] => (Array.isArray(value) ? (value as Told[]) : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Without what is empty. */
const filled = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );

/** A list of offers, of which this is a part: where it is, page by page, and how many they are. */
export interface Catalog {
  /** Address of the page with this number. */
  readonly pageAt: (page: number) => string;
  readonly total: number;
}

/**
 * An organisation with its places and services as JSON-LD in the words of schema.org (version 28). `catalog`: of all its
 * offers, where not all of them are told here.
 */
export const organizationJsonLd = (told: Told, catalog: Catalog | null = null): Record<string, unknown> =>
  filled({
    '@context': CONTEXT,
    '@type': 'Organization',
    identifier: told.id,
    name: told.name,
    alternateName: told.alternate_name,
    description: told.description,
    url: told.website,
    email: told.email,
    telephone: listed(told.phones).map(phone => phone.number)[0],
    contactPoint: contacts(told),
    location: listed(told.locations).map(place),
    makesOffer: listed(told.services).map(offer),
    hasOfferCatalog: catalog
      ? { '@type': 'OfferCatalog', url: catalog.pageAt(1), numberOfItems: catalog.total }
      : undefined,
  });

/** A page of the offers of an organisation. The pages beside it in the words of Hydra, since schema.org has none. */
export const offersJsonLd = (
  services: readonly unknown[],
  { pageAt, total }: Catalog,
  page: number,
  isLast: boolean,
): Record<string, unknown> => ({
  '@context': [CONTEXT, { hydra: 'http://www.w3.org/ns/hydra/core#' }],
  '@type': 'OfferCatalog',
  numberOfItems: total,
  itemListElement: listed(services).map(offer),
  'hydra:view': {
    '@id': pageAt(page),
    '@type': 'hydra:PartialCollectionView',
    'hydra:first': { '@id': pageAt(1) },
    ...(page > 1 && { 'hydra:previous': { '@id': pageAt(page - 1) } }),
    ...(!isLast && { 'hydra:next': { '@id': pageAt(page + 1) } }),
  },
});

const offer = (told: Told): Record<string, unknown> => ({ '@type': 'Offer', itemOffered: service(told) });

const service = (told: Told): Record<string, unknown> =>
  filled({
    '@type': 'Service',
    identifier: told.id,
    name: told.name,
    description: told.description,
    url: told.url,
    areaServed: listed(told.service_areas).flatMap(area => {
      const name = text(area.name) ?? text(area.extent);
      return name ? [{ '@type': 'AdministrativeArea', name }] : [];
    }),
    hoursAvailable: listed(told.schedules).flatMap(hours),
    availableChannel: channels(told),
  });

/** Where and in which languages it is to be had: of a service schema.org tells that of its channel. */
function channels(told: Told): Record<string, unknown>[] {
  const availableLanguage = listed(told.languages).flatMap(({ code, name }) => text(code) ?? text(name) ?? []);
  const places = listed(told.service_at_locations).flatMap(({ location }) => (location ? [location as Told] : []));
  const telephone = listed(told.phones).map(phone => phone.number)[0];
  const about = filled({
    '@type': 'ServiceChannel',
    availableLanguage,
    servicePhone: telephone === undefined ? undefined : { '@type': 'ContactPoint', telephone },
  });
  if (places.length > 0) return places.map(one => ({ ...about, serviceLocation: place(one) }));
  return Object.keys(about).length > 1 ? [about] : [];
}

const contacts = (told: Told): Record<string, unknown>[] =>
  listed(told.contacts).map(one =>
    filled({
      '@type': 'ContactPoint',
      name: one.name,
      contactType: one.title,
      email: one.email,
      telephone: listed(one.phones).map(phone => phone.number)[0],
    }),
  );

const place = (told: Told): Record<string, unknown> =>
  filled({
    '@type': 'Place',
    identifier: told.id,
    name: told.name,
    address: listed(told.addresses).map(one =>
      filled({
        '@type': 'PostalAddress',
        streetAddress: one.address_1,
        postalCode: one.postal_code,
        addressLocality: one.city,
        addressCountry: one.country,
      }),
    )[0],
    geo:
      told.latitude === undefined || told.longitude === undefined
        ? undefined
        : { '@type': 'GeoCoordinates', latitude: told.latitude, longitude: told.longitude },
    telephone: listed(told.phones).map(phone => phone.number)[0],
    openingHoursSpecification: listed(told.schedules).flatMap(hours),
  });

const DAYS: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

/** What is so every week; of every other week, or the first Monday of a month, schema.org has no word. */
function hours(told: Told): Record<string, unknown>[] {
  const days = (text(told.byday) ?? '').split(',').map(day => DAYS[day]);
  if (told.freq !== 'WEEKLY' || (told.interval ?? 1) !== 1 || days.some(day => day === undefined)) return [];
  if (!text(told.opens_at) || !text(told.closes_at) || told.count !== undefined) return [];
  return [
    filled({
      '@type': 'OpeningHoursSpecification',
      dayOfWeek: days.map(day => `${CONTEXT}/${day}`),
      opens: told.opens_at,
      closes: told.closes_at,
      validFrom: told.valid_from,
      validThrough: told.valid_to ?? told.until,
    }),
  ];
}
