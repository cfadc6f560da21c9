import { Arg, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { occupationAbove, occupationName, occupationsBelow } from './occupation.rules.js';
import { Occupation } from './occupation.type.js';

@Resolver(() => Occupation)
export class OccupationResolver {
  @Query(() => [Occupation], {
    description: 'The ten areas of occupations, or the main groups of one of them; empty for any other code.',
  })
  occupations(
    @Arg('parent', () => ID, { nullable: true, description: 'Code of an area; the areas when left out.' })
    parent: string | null,
  ): Occupation[] {
    return occupationsBelow(parent ?? null).map(code => ({ code }));
  }

  @FieldResolver(() => String, {
    description:
      'Its label, in German or English; German for any other language. Below the main groups that of its group, with the code.',
  })
  name(
    @Root() { code }: Occupation,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    return inLanguage(language, occupationName(code));
  }

  @FieldResolver(() => Occupation, { nullable: true, description: 'What it belongs to; null for an area.' })
  parent(@Root() { code }: Occupation): Occupation | null {
    const above = occupationAbove(code);
    return above === null ? null : { code: above };
  }
}
