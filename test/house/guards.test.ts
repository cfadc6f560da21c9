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
import { OFFERED_STEPS, Party, STEPS } from '../../src/referral/referral.rules.js';
import { hubSchema } from '../../src/schema.js';
import { doorsToCaseData } from '../../src/shared/case-data.js';
import { Role } from '../../src/viewer/viewer.rules.js';

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

/** How a description names a role; auditors pass where everybody with a role does. */
const CALLED: Readonly<Record<Role, RegExp | null>> = {
  [Role.CASEWORKER]: /\bcaseworkers\b/,
  [Role.PARTNER_EDITOR]: /\beditors\b/,
  [Role.COORDINATOR]: /\bcoordinat(ors|ion|e)\b/,
  [Role.ADMIN]: /\b(run|administer) the hub\b/,
  [Role.AUDITOR]: null,
};

/** Instead of roles: another door of the same guard, or a relation to the record. */
const BY_RELATION = /\b(whoever|the same as|everybody with a role|those who keep)\b|Open to anybody/;

const PARTY_ROLES = {
  [Party.CASEWORKER]: Role.CASEWORKER,
  [Party.PARTNER]: Role.PARTNER_EDITOR,
  [Party.COORDINATOR]: Role.COORDINATOR,
} as const;

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

  it('that changes something says for whom it is, by the roles of its guard', () => {
    const fields = schema.getMutationType()!.getFields();
    const faults = mutations.flatMap(door => {
      const told = forWhom(fields[door.schemaName]!.description);
      const named = rolesIn(told);
      // Who is said by relation must be several: a single role can be named.
      const right = BY_RELATION.test(told) ? door.roles?.length !== 1 : same(named, rolesOf(door));
      return right ? [] : [`${door.schemaName} is for ${rolesOf(door)}, and says: ${told || 'nothing'}`];
    });
    expect(faults).toEqual([]);
  });

  it('that is read by some roles only names them', () => {
    const fields = schema.getQueryType()!.getFields();
    const unsaid = queries.filter(
      ({ schemaName, roles }) => roles?.length && !same(rolesIn(fields[schemaName]!.description ?? ''), roles),
    );
    expect(names(unsaid)).toEqual([]);
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

/** The sentences of a description that say for whom it is. */
const forWhom = (description: string | null | undefined): string =>
  (description ?? '')
    .split(/(?<=\.)\s+/)
    .filter(sentence => /^(For|Open to) /.test(sentence))
    .join(' ');

const rolesIn = (text: string): string[] => Object.values(Role).filter(role => CALLED[role]?.test(text));

/** Whom the guard lets pass; of a step of a referral, whom the table of steps does. */
function rolesOf({ schemaName, roles = [] }: Door): readonly string[] {
  const step = OFFERED_STEPS.find(
    one => `referral${one.replaceAll('_', '')}`.toLowerCase() === schemaName.toLowerCase(),
  );
  return step ? STEPS[step].by.flatMap(party => (party === Party.SYSTEM ? [] : PARTY_ROLES[party])) : roles;
}

const same = (a: readonly string[], b: readonly string[]): boolean => `${[...a].sort()}` === `${[...b].sort()}`;

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
