import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { SearchArgs } from './search.inputs.js';
import { searchPage } from './search.query.js';
import { SearchCorrection, SearchHit, SearchHitConnection, SearchMatch, type SearchPage } from './search.types.js';
import { didYouMean } from './search-plan.rules.js';

@Resolver(() => SearchHit)
export class SearchResolver {
  @Query(() => SearchHitConnection, {
    description:
      'Partners and services, or job openings and publications, as people type: compounds and their parts, forms and families of words, synonyms and abbreviations, slips, towns. Best first, with what matched. Closed services stay out, openings that are closed or over, and publications that are to come or were taken back.',
  })
  search(@Args(() => SearchArgs) args: SearchArgs, @Ctx() ctx: Context): Promise<SearchPage> {
    return searchPage(ctx, args);
  }

  @FieldResolver(() => [SearchMatch], { description: 'How each word of the query was met; in the order of the query.' })
  matches(@Root() hit: SearchHit): Promise<SearchMatch[]> {
    return hit.explain();
  }
}

@Resolver(() => SearchHitConnection)
export class SearchPageResolver {
  @FieldResolver(() => [SearchCorrection], {
    description: 'Words that nobody knows, with what was searched for instead.',
  })
  corrections(@Root() page: SearchPage): readonly SearchCorrection[] {
    return page.slips;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The query with its slips corrected, to be shown; null where nothing was.',
  })
  didYouMean(@Root() page: SearchPage): string | null {
    return didYouMean(page.asked, page.slips);
  }
}
