import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Network } from '../network/network.entity.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { SearchSynonymConnection, SearchSynonymInput, SearchSynonymsArgs } from './search.inputs.js';
import { addSynonym, changeSynonym, removeSynonym } from './search-synonym.actions.js';
import { SearchSynonym } from './search-synonym.entity.js';
import { findSynonym, synonymPage } from './search-synonym.query.js';

@ObjectType({ description: 'Answer to an edit of a group of synonyms.' })
export class SearchSynonymPayload extends MutationPayload {
  @Field(() => SearchSynonym, { nullable: true, description: 'As it stands now; null when refused.' })
  synonym?: SearchSynonym | null;
}

@ObjectType({ description: 'Answer to the removal of a group of synonyms.' })
export class SearchSynonymRemovePayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'The id that it had; null when refused.' })
  removedId?: string | null;
}

@Resolver(() => SearchSynonym)
export class SearchSynonymResolver {
  @Authorized(Role.COORDINATOR)
  @Query(() => SearchSynonymConnection, {
    description: 'The synonyms of a network, for its coordinators, by their first word.',
  })
  searchSynonyms(
    @Args(() => SearchSynonymsArgs) args: SearchSynonymsArgs,
    @Ctx() ctx: Context,
  ): Promise<SearchSynonymConnection> {
    return synonymPage(ctx, args);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => SearchSynonymPayload, {
    description:
      'Adds a group of synonyms to a network, in effect at once for searches of its records. For its coordinators.',
  })
  searchSynonymAdd(
    @Arg('input', () => SearchSynonymInput, { description: 'Where, and which words.' }) input: SearchSynonymInput,
    @Ctx() ctx: Context,
  ): Promise<SearchSynonymPayload> {
    return payload(
      'synonym',
      addSynonym(ctx, input).then(key => findSynonym(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => SearchSynonymPayload, {
    description: 'Puts other words in place of those of a group. For coordinators of its network.',
  })
  searchSynonymChange(
    @Arg('id', () => ID, { description: 'Which group.' }) id: string,
    @Arg('words', () => [String], {
      description: 'All its words: two to thirty words or phrases, of 2 to 80 characters.',
    })
    words: string[],
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<SearchSynonymPayload> {
    return payload(
      'synonym',
      changeSynonym(ctx, id, words, expectedVersion).then(key => findSynonym(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => SearchSynonymRemovePayload, {
    description: 'Takes a group of synonyms away. For coordinators of its network.',
  })
  searchSynonymRemove(
    @Arg('id', () => ID, { description: 'Which group.' }) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<SearchSynonymRemovePayload> {
    return payload('removedId', removeSynonym(ctx, id, expectedVersion));
  }

  @FieldResolver(() => Network, {
    nullable: true,
    description: 'The network whose searches know it; null of a group that comes with the program.',
  })
  async network(@Root() group: SearchSynonym): Promise<Network | null> {
    return group.network ? group.network.loadOrFail() : null;
  }
}
