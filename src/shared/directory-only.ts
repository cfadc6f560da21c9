import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from './context.js';
import { ErrorCode, PublicError } from './errors.js';
import { rootFieldsOf } from './root-fields.js';

/** Root fields that are asked about a client: her needs, age and place do not belong into addresses and logs. */
const ABOUT_A_CLIENT = ['serviceAlternatives', 'serviceMatches', 'serviceMatch'];

/** GET is for reads of the directory: the finder is asked by POST, also by those who are not signed in. */
export const directoryOnlyByGet: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ request, operation, document }) {
        if (request.http?.method !== 'GET' || !operation) return;
        if (rootFieldsOf(operation, document).some(field => ABOUT_A_CLIENT.includes(field)))
          throw new PublicError(
            ErrorCode.BAD_USER_INPUT,
            'Ask the finder by POST: what it is told belongs to a client.',
          );
      },
    };
  },
};
