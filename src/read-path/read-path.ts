import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { Context } from '../shared/context.js';
import { preparedText } from '../shared/prepared.js';
import { type AtOnce, atOnce } from './at-once.js';
import { queryOf } from './operation.js';
import type { Roots } from './shape.js';

export interface ReadPath extends AtOnce {
  roots: Roots;
}

/**
 * Answers queries of which every field has a shape, by one statement whose JSON leaves as it comes. All others go through
 * the resolvers.
 */
export const readPath = ({ roots, ...path }: ReadPath): ApolloServerPlugin<Context> =>
  atOnce(path, OperationTypeNode.QUERY, async (operation, asked) => {
    const { told, query, session } = await queryOf(operation, roots, asked);
    return told ?? preparedText(path.em, query, session);
  });
