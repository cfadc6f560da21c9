import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLSchema, getNamedType, isAbstractType, isObjectType } from 'graphql';
import { isSignedIn } from '../viewer/viewer.rules.js';
import { doAfterwards } from './afterwards.js';
import type { Context } from './context.js';
import { rootFieldsOf } from './root-fields.js';
import { closeSnapshot, openSnapshot } from './snapshot.js';

/** Types whose rows belong to a case, to who asked and was asked, or count cases; the database guards them by policies. */
const CASE_TYPES = [
  'AvailabilityQuestion',
  'AvailabilityRequest',
  'ClientCase',
  'Consent',
  'FundingDecision',
  'Gap',
  'Referral',
];

/**
 * A query that can reach case data reads all of it in one transaction that knows the viewer. Queries of the public
 * directory go without: no transaction, no context, and so no case row whatever they ask.
 */
export function caseDataSnapshot(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  const doors = doorsToCaseData(schema);
  return {
    async requestDidStart() {
      return {
        // The last thing before the resolvers: what the read path answers by one statement needs none.
        async responseForOperation({ operation, document, contextValue }) {
          if (operation?.operation !== 'query' || !isSignedIn(contextValue.viewer)) return null;
          if (rootFieldsOf(operation, document).some(field => doors.has(field))) await openSnapshot(contextValue);
          return null;
        },
        async willSendResponse({ contextValue, logger }) {
          // Nothing was written: what was read before the connection was lost is still right.
          await closeSnapshot(contextValue).catch(() => {});
          // Before the answer leaves: who asks next finds it done, and a hub that closes waits for it.
          await doAfterwards(contextValue, logger);
        },
      };
    },
  };
}

/**
 * Names of the root fields from whose answer a case type can be reached, or that say `@Extensions({ caseData: true })`:
 * those that read cases and answer with a text or a number.
 */
export function doorsToCaseData(schema: GraphQLSchema): Set<string> {
  const query = schema.getQueryType()?.getFields() ?? {};
  return new Set(
    Object.values(query).flatMap(field =>
      field.extensions.caseData || reaches(schema, getNamedType(field.type).name) ? [field.name] : [],
    ),
  );
}

function reaches(schema: GraphQLSchema, start: string): boolean {
  const seen = new Set<string>();
  const queue = [start];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (CASE_TYPES.includes(name)) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    const type = schema.getType(name);
    if (isAbstractType(type)) queue.push(...schema.getPossibleTypes(type).map(one => one.name));
    if (isObjectType(type)) queue.push(...Object.values(type.getFields()).map(field => getNamedType(field.type).name));
  }
  return false;
}
