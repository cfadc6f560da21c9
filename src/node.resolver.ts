import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { findNode } from './node.query.js';
import type { Context } from './shared/context.js';
import { Node } from './shared/node.js';

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Anything by its id; null for what there is not, or not for you.' })
  node(@Arg('id', () => ID, { description: 'UUID.' }) id: string, @Ctx() ctx: Context): Promise<Node | null> {
    return findNode(ctx, id);
  }
}
