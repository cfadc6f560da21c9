import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { Need } from './need.entity.js';

@Resolver(() => Need)
export class NeedResolver {
  @Query(() => [Need], { description: 'All needs, in their usual order.' })
  async needs(@Ctx() { loaders }: Context): Promise<Need[]> {
    return [...(await loaders.needs()).values()];
  }

  @FieldResolver(() => String, { description: 'Its label, in German or English; German for any other language.' })
  name(
    @Root() need: Need,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    return inLanguage(language, { de: need.nameDe, en: need.nameEn });
  }
}
