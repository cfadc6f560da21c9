import { Arg, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { occupationAbove, occupationName } from './occupation.rules.js';
import { Occupation } from './occupation.type.js';
import { chosenOccupations } from './occupation-search.rules.js';

@Resolver(() => Occupation)
export class OccupationResolver {
  @Query(() => [Occupation], {
    description:
      'The ten areas of occupations, or the main groups of one of them, empty for any other code; or what somebody who names an occupation may mean, best first, ten at most. Only areas and main groups have labels and are found by words: a vacancy may tell a longer code, of which the first two digits are the main group.',
  })
  occupations(
    @Arg('parent', () => ID, {
      nullable: true,
      description: 'Code of an area; the areas when left out. With `query` only what is below it.',
    })
    parent: string | null,
    @Arg('query', () => String, {
      nullable: true,
      description:
        'An occupation as people call it: Altenpfleger, Lagerist, Putzkraft; or a code of 1 to 5 digits, which is told with its label.',
    })
    query: string | null,
  ): Occupation[] {
    return chosenOccupations(parent ?? null, query ?? null).map(code => ({ code }));
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
