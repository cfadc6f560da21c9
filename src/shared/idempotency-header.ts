import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { Context } from './context.js';
import { badInput } from './errors.js';
import { type Idempotency, keepAnswer, rightsOf, type ToldAnswer } from './idempotency.js';
import { fingerprintOf, keyOf, WAIT_MS } from './idempotency.rules.js';
import { withIdentities, withoutIdentities } from './identities.js';
import { rootNamesOf } from './root-fields.js';
import { sameAnswer } from './same-answer.rules.js';
import { closeSnapshot } from './snapshot.js';

const HEADER = 'Idempotency-Key';

/**
 * Mutations with the header Idempotency-Key: the key goes to the one write of the mutation; what is told is kept, and a
 * repetition is told the same. Other operations do not care for the header.
 */
export function idempotencyKeys(schema: GraphQLSchema, waitMs = WAIT_MS): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ logger }) {
      const warn = (error: unknown) => {
        logger.warn(error); // the answer itself is right; a repetition reads anew
        return null;
      };
      return {
        async didResolveOperation(asked) {
          const { request, operation, document, source, contextValue } = asked;
          const { idempotencyKey: header } = contextValue;
          if (header === undefined || operation?.operation !== OperationTypeNode.MUTATION) return;
          const key = keyOf(header);
          if (key === null) throw badInput(HEADER, 'A key has 1 to 255 visible ASCII characters.');
          if (rootNamesOf(operation, document).length !== 1)
            throw badInput(HEADER, 'With a key an operation has exactly one root field.');
          const { variables } = request;
          const fingerprint = fingerprintOf({ document: source, operationName: asked.operationName, variables });
          contextValue.idempotency = { key, fingerprint, waitMs };
          // Apollo executes what stands here.
          (asked as { document: DocumentNode }).document = withIdentities(schema, document, identityFor(fingerprint));
        },
        async executionDidStart({ contextValue, response }) {
          const { idempotency } = contextValue;
          if (!idempotency) return;
          return {
            async executionDidEnd() {
              if (idempotency.entry?.replayed) response.http.headers.set('idempotency-replayed', 'true');
              if (response.body?.kind !== 'single' || response.body.singleResult.data == null) return;
              const { data, errors } = response.body.singleResult;
              const now: unknown = JSON.parse(JSON.stringify(data));
              // Half an answer is not kept, and not made whole: the next repetition reads again.
              const told = errors ? null : await toldBefore(contextValue, idempotency, now).catch(warn);
              const identity = identityFor(idempotency.fingerprint);
              const answer = told ? sameAnswer(told.data, now, identity) : now;
              response.body.singleResult.data = withoutIdentities(answer, identity) as Record<string, unknown>;
            },
          };
        },
      };
    },
  };
}

/** No client can select something under this name: the fingerprint is that of its own document. */
const identityFor = (fingerprint: string): string => `_${fingerprint.slice(0, 24)}`;

/** What the first request was told, if there was one and the viewer still has the rights of then. */
async function toldBefore(ctx: Context, idempotency: Idempotency, now: unknown): Promise<ToldAnswer | null> {
  const { entry, untold } = idempotency;
  if (!entry || untold) return null;
  const told = entry.answer ?? (await closeSnapshot(ctx).then(() => keepAnswer(ctx, idempotency, now)));
  return told?.rights === rightsOf(ctx.viewer) ? told : null;
}
