import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from './hub.js';

const SERVICE = `id name description status intakePausedUntil categories { code } needs { code } languages interpretation
  deliveryModes minimumAge maximumAge criteria { effect needs { code } text }
  costs { amountCents currency unit free description validFrom validTo } requiredDocuments { name url } howToApply
  instruments { instrument { code } required approvedProvider approvedMeasure approvalNumber validFrom validTo }
  keepsWaitingList feedbackLevel locations { id } serviceArea { key }
  contacts { name responsibility department email phone languages } email phone website version updatedAt
  partner { id } capacity { total }`;
const LOCATION = `id name status street postalCode city municipality { key } position { latitude longitude } directions phone
  accessibility { feature state assessedOn } version updatedAt`;
const PARTNER = `id name alternateName status kinds parent { id } email phone website description
  contacts { name responsibility department email phone languages } version updatedAt`;

const ERRORS = 'userErrors { code message path currentVersion conflicts { field current yours } }';

/** What editors change by themselves: the arguments of each door, and what it answers with. */
const DOORS = {
  partnerUpdate: ['$id: ID!, $input: PartnerUpdateInput!, $expectedVersion: Int', 'partner', PARTNER],
  partnerConfirm: ['$id: ID!', 'partner', PARTNER],
  locationCreate: ['$partner: ID!, $input: LocationInput!', 'location', LOCATION],
  locationUpdate: ['$id: ID!, $input: LocationInput!, $expectedVersion: Int', 'location', LOCATION],
  locationArchive: ['$id: ID!, $expectedVersion: Int', 'location', LOCATION],
  serviceCreate: ['$partner: ID!, $input: ServiceInput!', 'service', SERVICE],
  serviceUpdate: ['$id: ID!, $input: ServiceInput!, $expectedVersion: Int', 'service', SERVICE],
  serviceArchive: ['$id: ID!, $expectedVersion: Int', 'service', SERVICE],
  servicePauseIntake: ['$id: ID!, $until: LocalDate, $expectedVersion: Int', 'service', SERVICE],
} as const;

export type EditDoor = keyof typeof DOORS;

export interface EditAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: a partner, location or service
  thing: any;
  userErrors: {
    code: string;
    message: string;
    path: string[];
    currentVersion: number | null;
    conflicts: { field: string; current: unknown; yours: unknown }[] | null;
  }[];
  /** Of a top-level error. */
  code?: string;
}

/** Asks a door over the API. */
export async function edit(hub: TestHub, viewer: Viewer, door: EditDoor, variables: object): Promise<EditAnswer> {
  const [declared, thing, fields] = DOORS[door];
  const given = declared.replace(/\$(\w+): [\w!]+/g, '$1: $$$1');
  const query = `mutation (${declared}) { answer: ${door}(${given}) { thing: ${thing} { ${fields} } ${ERRORS} } }`;
  const { data, errors } = await hub.as(viewer, query, variables);
  if (errors) return { thing: null, userErrors: [], code: String(errors[0]!.extensions.code) };
  return data.answer;
}
