import { Arg, Ctx, Extensions, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { Municipality } from '../municipality/municipality.entity.js';
import type { Context } from '../shared/context.js';
import { LanguageTag } from '../shared/scalars.js';
import { ServiceMatchInput } from './match.inputs.js';
import { ServiceMatchConnection } from './match.types.js';
import { relaxedSearches } from './match-alternatives.query.js';
import { MOST_ALTERNATIVES } from './match-alternatives.rules.js';
import { SearchAlternative } from './match-alternatives.types.js';
import { alternativeText } from './match-alternatives-texts.rules.js';

const SHOWN = 5;

@Resolver(() => SearchAlternative)
export class MatchAlternativesResolver {
  @Extensions({ items: MOST_ALTERNATIVES })
  @Query(() => [SearchAlternative], {
    complexity: 6000,
    description:
      'Relaxed searches that find what `serviceMatches` does not, least relaxed first, then nearest; six at most. Two things are relaxed only where nothing simpler finds anything.',
  })
  serviceAlternatives(
    @Arg('input', () => ServiceMatchInput, { description: 'What is looked for.' }) input: ServiceMatchInput,
    @Ctx() ctx: Context,
  ): Promise<SearchAlternative[]> {
    return relaxedSearches(ctx, input);
  }

  @FieldResolver(() => String, {
    description: 'What was relaxed, for people: "auch in der Nachbargemeinde Würselen (6,2 km)". German or English.',
  })
  text(
    @Root() { facts }: SearchAlternative,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    return alternativeText(facts, language);
  }

  @FieldResolver(() => Municipality, {
    nullable: true,
    description: 'With NEIGHBOURING_MUNICIPALITY: where was searched, as if the client lived there.',
  })
  municipality(@Root() { neighbour }: SearchAlternative, @Ctx() { em }: Context): Promise<Municipality> | null {
    return neighbour === null ? null : em.getReference(Municipality, neighbour, { wrapped: true }).loadOrFail();
  }

  @FieldResolver(() => ServiceMatchConnection, {
    description:
      'What it finds, best first: the first page only. Scores, distances and `blockers` are those of the original question: what blocks is what was lifted.',
  })
  matches(
    @Root() alternative: SearchAlternative,
    @Arg('first', () => Int, { nullable: true, defaultValue: SHOWN, description: 'How many, 1 to 20.' })
    first: number | null,
  ): Promise<ServiceMatchConnection> {
    return alternative.page(first ?? SHOWN);
  }
}
