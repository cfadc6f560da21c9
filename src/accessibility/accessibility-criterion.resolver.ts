import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { AccessibilityFinding } from './accessibility-assessment.entity.js';
import { AccessibilityCriterion } from './accessibility-criterion.entity.js';

const LANGUAGE = { nullable: true, defaultValue: 'de', description: 'BCP 47.' } as const;

@Resolver(() => AccessibilityCriterion)
export class AccessibilityCriterionResolver {
  @Query(() => [AccessibilityCriterion], {
    description: 'The catalogue of criteria (Kriterienkatalog), in the order in which one walks through a house.',
  })
  async accessibilityCriteria(@Ctx() { loaders }: Context): Promise<AccessibilityCriterion[]> {
    return [...(await loaders.accessibilityCriteria()).values()];
  }

  @FieldResolver(() => String, { description: 'Its label, in German or English; German for any other language.' })
  name(
    @Root() { nameDe, nameEn }: AccessibilityCriterion,
    @Arg('language', () => LanguageTag, LANGUAGE) language: string | null,
  ): string {
    return inLanguage(language, { de: nameDe, en: nameEn });
  }

  @FieldResolver(() => String, { description: 'What whoever looks is asked, in German or English.' })
  asked(
    @Root() { askedDe, askedEn }: AccessibilityCriterion,
    @Arg('language', () => LanguageTag, LANGUAGE) language: string | null,
  ): string {
    return inLanguage(language, { de: askedDe, en: askedEn });
  }
}

@Resolver(() => AccessibilityFinding)
export class AccessibilityFindingResolver {
  @FieldResolver(() => AccessibilityCriterion, { description: 'Of which criterion.' })
  async criterion(
    @Root() { criterion }: AccessibilityFinding,
    @Ctx() { loaders }: Context,
  ): Promise<AccessibilityCriterion> {
    return (await loaders.accessibilityCriteria()).get(criterion.code)!;
  }
}
