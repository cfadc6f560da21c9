import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { OFFERED_STEPS } from '../../src/referral/referral.rules.js';
import { hubSchema } from '../../src/schema.js';
import { doorsToCaseData } from '../../src/shared/case-data.js';

const schema = await hubSchema();

/** Queries that anybody may ask, signed in or not: the published directory, the finder, coverage. */
const PUBLIC_DOORS = [
  'accessibilityCriteria',
  'accession',
  'accessions',
  'actionPlan',
  'actionPlans',
  'categories',
  'consortia',
  'consortium',
  'coverage',
  'demandShares',
  'district',
  'districts',
  'frameworkAgreement',
  'frameworkAgreements',
  'geoSources',
  'instrument',
  'instruments',
  'jobOpening',
  'jobOpenings',
  'jobcenter',
  'jobcenters',
  'location',
  'municipalities',
  'municipality',
  'needs',
  'network',
  'networkByNeed',
  'networks',
  'node',
  'occupations',
  'partner',
  'partners',
  'planMeasure',
  'planMeasures',
  'programme',
  'programmes',
  'publication',
  'publications',
  'search',
  'service',
  'serviceAlternatives',
  'serviceMatch',
  'serviceMatches',
  'services',
  'servicesCsv',
  'trainingTopics',
  'viewer',
];

/** Mutations that ask for no sign-in: what they are given opens them. */
const OPENED_BY_A_TOKEN = ['confirmationLinkRedeem'];

/** Mutations of a referral that move it nowhere. */
const NO_STEPS = [
  'referralDraft',
  'referralOffer',
  'referralMessageSend',
  'referralMessagesRead',
  'referralNoShow',
  'referralFollowUpRecord',
];

interface Door {
  schemaName: string;
  /** Undefined: no guard at all. Empty: anybody signed in. */
  roles?: string[];
}

/** What the decorators said; type-graphql keeps it in one global place and exports no way to it. */
const { queries, mutations, subscriptions } = (
  globalThis as unknown as {
    TypeGraphQLMetadataStorage: { queries: Door[]; mutations: Door[]; subscriptions: Door[] };
  }
).TypeGraphQLMetadataStorage;

const names = (doors: readonly Door[]): string[] => doors.map(one => one.schemaName).sort();
const fieldsOf = (type: 'getQueryType' | 'getMutationType'): string[] =>
  Object.keys(schema[type]()!.getFields()).sort();

describe('every door', () => {
  it('is known to this check', () => {
    expect(names(queries)).toEqual(fieldsOf('getQueryType'));
    expect(names(mutations)).toEqual(fieldsOf('getMutationType'));
    expect(subscriptions).toEqual([]);
  });

  it('states who may pass, or stands in the list of public doors', () => {
    expect(names(queries.filter(one => one.roles === undefined))).toEqual(PUBLIC_DOORS);
  });

  it('that changes something names roles, or is opened by a token', () => {
    expect(names(mutations.filter(one => !one.roles?.length))).toEqual(OPENED_BY_A_TOKEN);
  });

  it('to case data is one of these, and reads it in one transaction that knows the viewer', () => {
    expect([...doorsToCaseData(schema)].sort()).toEqual([
      'appointmentCalendar',
      'availabilityQuestions',
      'availabilityRequests',
      'caseworkerInbox',
      'clientCase',
      'clientCases',
      'coordinatorInbox',
      'gaps',
      'knowledge',
      'mergePreview',
      'networkByNeed',
      'node',
      'partnerInbox',
      'referral',
      'referrals',
      'sustainedIntegration',
    ]);
  });

  it('of a referral is a step that the state machine offers, and the other way round', () => {
    const doors = names(mutations).filter(name => /^referral[A-Z]/.test(name) && !NO_STEPS.includes(name));
    const words = (step: string) => step.split('_').map(word => word[0] + word.slice(1).toLowerCase());
    expect(doors).toEqual(OFFERED_STEPS.map(step => `referral${words(step).join('')}`).sort());
  });
});

describe('every part of the schema', () => {
  it('is described', () => {
    expect(undescribed(schema)).toEqual([]);
  });

  it('that is deprecated says since when, and what instead', () => {
    const reasons = partsOf(schema).flatMap(({ path, deprecationReason }) =>
      deprecationReason == null ||
      /\b\d{4}-\d{2}-\d{2}\b.*\p{L}{3}|\p{L}{3}.*\b\d{4}-\d{2}-\d{2}\b/su.test(deprecationReason)
        ? []
        : [`${path}: ${deprecationReason}`],
    );
    expect(reasons).toEqual([]);
  });
});

interface Part {
  path: string;
  description?: string | null;
  deprecationReason?: string | null;
}

const undescribed = (whole: GraphQLSchema): string[] =>
  partsOf(whole).flatMap(({ path, description }) => (description?.trim() ? [] : [path]));

function partsOf(whole: GraphQLSchema): Part[] {
  const own = Object.values(whole.getTypeMap()).filter(
    type => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const roots = [whole.getQueryType(), whole.getMutationType()];
  const directives = whole.getDirectives().filter(one => !isSpecifiedDirective(one));
  return [
    // Query and Mutation describe themselves by their fields.
    ...own.filter(type => !roots.some(root => root === type)).map(type => part(type.name, type)),
    ...own.flatMap(membersOf),
    ...directives.flatMap(one => [
      part(`@${one.name}`, one),
      ...one.args.map(arg => part(`@${one.name}(${arg.name})`, arg)),
    ]),
  ];
}

function membersOf(type: GraphQLNamedType): Part[] {
  if (isEnumType(type)) return type.getValues().map(value => part(`${type.name}.${value.name}`, value));
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map(field => part(`${type.name}.${field.name}`, field));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(field => [
    part(`${type.name}.${field.name}`, field),
    ...field.args.map(arg => part(`${type.name}.${field.name}(${arg.name})`, arg)),
  ]);
}

const part = (path: string, { description, deprecationReason }: Omit<Part, 'path'>): Part => ({
  path,
  description,
  deprecationReason,
});
