import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTime as AnyDateTime, GraphQLLocalDate as AnyLocalDate } from 'graphql-scalars';
import { badInput } from './errors.js';
import { canonicalLanguageTag } from './language.rules.js';

/** A moment that the database knows too: from the year 1 to the year 9999, whatever its offset makes of it. */
export const GraphQLDateTime = new GraphQLScalarType<Date, Date>({
  ...AnyDateTime.toConfig(),
  parseValue: value => storableMoment(AnyDateTime.parseValue(value)),
  parseLiteral: (node, variables) => storableMoment(AnyDateTime.parseLiteral(node, variables)),
});

function storableMoment(moment: Date): Date {
  const year = moment.getUTCFullYear();
  if (year < 1 || year > 9999) throw badInput('', 'This is no DateTime.');
  return moment;
}

/** A day of the calendar that the database knows too: it has no year 0. */
export const GraphQLLocalDate = new GraphQLScalarType<string, string>({
  ...AnyLocalDate.toConfig(),
  parseValue: value => storable(AnyLocalDate.parseValue(value)),
  parseLiteral: (node, variables) => storable(AnyLocalDate.parseLiteral(node, variables)),
});

function storable(day: string): string {
  if (day.startsWith('0000')) throw badInput('', 'This is no LocalDate.');
  return day;
}

/** A scalar that is a string with rules: `check` gives the canonical form, or null for what is malformed. */
function textScalar(name: string, description: string, check: (text: string) => string | null): GraphQLScalarType {
  const parse = (value: unknown): string => {
    const text = typeof value === 'string' ? check(value) : null;
    if (text === null) throw badInput('', `This is no ${name}.`);
    return text;
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: value => String(value),
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : null),
  });
}

export const LanguageTag = textScalar(
  'LanguageTag',
  'BCP 47, for example "de", "uk", "gsg" (German Sign Language).',
  canonicalLanguageTag,
);

export const MunicipalityKey = textScalar(
  'MunicipalityKey',
  'Amtlicher Gemeindeschlüssel (AGS), 8 digits, for example "05334002".',
  text => (/^\d{8}$/.test(text) ? text : null),
);

export const AreaKey = textScalar(
  'AreaKey',
  'Official key of a state (2 digits), a district (5) or a municipality (8), for example "05", "05334", "05334002".',
  text => (/^(\d{2}|\d{5}|\d{8})$/.test(text) ? text : null),
);

/** What comes in is at most ten billion euros: sums of it stay exact. */
const MOST_CENTS = 1_000_000_000_000;

/** Money. GraphQL's Int ends at 21 million euros. A bigint of the database may go out as it comes, as text. */
export const Cents = new GraphQLScalarType<number, number>({
  name: 'Cents',
  description: 'Money in whole cents of a euro, a number without a fraction: 38000000 is 380,000.00 EUR.',
  serialize: value => exactCents(Number(value)),
  parseValue: takenCents,
  parseLiteral: (node: ValueNode) => takenCents(node.kind === Kind.INT ? Number(node.value) : null),
});

function takenCents(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MOST_CENTS) return value;
  throw badInput('', 'This is no Cents.');
}

function exactCents(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new Error('An amount of money has to be a whole number of cents.');
}

/** Goes out only: what comes in is checked by the import. */
export const GeoJsonGeometry = new GraphQLScalarType<never, object>({
  name: 'GeoJsonGeometry',
  description:
    'A geometry as in GeoJSON (RFC 7946), a JSON object: { "type": "Polygon", "coordinates": [[[7.2, 51.5], …]] }.',
  serialize: value => value as object,
  parseValue: () => {
    throw badInput('', 'A geometry is never asked for.');
  },
});

export const LocalTime = textScalar(
  'LocalTime',
  'A time of the clock in Berlin, HH:MM, for example "09:30", for which "9:30" is taken too; "24:00" is the end of a day.',
  text => {
    const time = text.padStart(5, '0');
    return /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time) && text.length >= 4 ? time : null;
  },
);
