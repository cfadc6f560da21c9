import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Location } from '../location/location.entity.js';
import { criterionOf } from '../service/service-terms.types.js';
import type { Context } from '../shared/context.js';
import { LanguageTag } from '../shared/scalars.js';
import { searchMatches } from './match.actions.js';
import { ServiceMatchesArgs, ServiceMatchInput } from './match.inputs.js';
import { explainMatch } from './match.query.js';
import { CriterionCheck, MatchReason, ServiceMatch, ServiceMatchConnection } from './match.types.js';
import { blockerText, checkText } from './match-check-texts.rules.js';
import { reasonText } from './match-texts.rules.js';

@Resolver(() => ServiceMatch)
export class MatchResolver {
  @Query(() => ServiceMatchConnection, {
    complexity: 3000,
    description: 'The services that fit a client, best first. Equals are in an order drawn by lot for the day.',
  })
  serviceMatches(
    @Args(() => ServiceMatchesArgs) args: ServiceMatchesArgs,
    @Ctx() ctx: Context,
  ): Promise<ServiceMatchConnection> {
    return searchMatches(ctx, args);
  }

  @Query(() => ServiceMatch, {
    nullable: true,
    description: 'Why, or why not, this one service; null for one that does not exist.',
  })
  serviceMatch(
    @Arg('service', () => ID, { description: 'Its id.' }) service: string,
    @Arg('input', () => ServiceMatchInput, {
      description:
        'What is looked for. Where a caseworker leaves out `networks`, a service that she could not refer to is NOT_SHARED.',
    })
    input: ServiceMatchInput,
    @Ctx() ctx: Context,
  ): Promise<ServiceMatch | null> {
    return explainMatch(ctx, service, input);
  }

  @FieldResolver(() => [CriterionCheck], {
    description:
      'All criteria of the service: what the told needs meet, what they fail (NOT_ELIGIBLE), and what is to be cleared up in conversation.',
  })
  async criteria(@Root() { checks }: ServiceMatch, @Ctx() { loaders }: Context): Promise<CriterionCheck[]> {
    if (checks.length === 0) return [];
    const needs = await loaders.needs();
    return checks.map(({ criterion, state }) => ({ criterion: criterionOf(criterion, needs), state }));
  }

  @FieldResolver(() => [String], {
    description: 'The `blockers` for people, in their order: "kein freier Platz bekannt". German or English.',
  })
  blockerTexts(
    @Root() { blockers, closedIntake }: ServiceMatch,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string[] {
    return blockers.map(one => blockerText(one, language, closedIntake));
  }

  @FieldResolver(() => Location, { nullable: true, description: 'The site that was measured.' })
  location(@Root() { site }: ServiceMatch): Promise<Location | null> | null {
    return site ? site.load() : null;
  }
}

@Resolver(() => CriterionCheck)
export class CriterionCheckResolver {
  @FieldResolver(() => String, {
    description: 'For people: "Voraussetzung nicht erfüllt: Langzeitarbeitslosigkeit". German or English.',
  })
  text(
    @Root() { criterion: { effect, needs, text }, state }: CriterionCheck,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    const named = needs.map(({ nameDe, nameEn }) => ({ de: nameDe, en: nameEn }));
    return checkText({ effect, needs: named, text }, state, language);
  }
}

@Resolver(() => MatchReason)
export class MatchReasonResolver {
  @FieldResolver(() => String, { description: 'For people: "6,2 km entfernt". German or English.' })
  text(
    @Root() { fact }: MatchReason,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    return reasonText(fact, language);
  }
}
