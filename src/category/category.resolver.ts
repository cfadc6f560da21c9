import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { Category } from './category.entity.js';

@Resolver(() => Category)
export class CategoryResolver {
  @Query(() => [Category], { description: 'The roots of the service taxonomy; children follow.' })
  async categories(@Ctx() { loaders }: Context): Promise<readonly Category[]> {
    return (await loaders.categories()).roots;
  }

  @FieldResolver(() => String, { description: 'Its label, in German or English; German for any other language.' })
  name(
    @Root() category: Category,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    return inLanguage(language, { de: category.nameDe, en: category.nameEn });
  }

  @FieldResolver(() => Category, { nullable: true, description: 'What it belongs to; null for a root.' })
  async parent(@Root() category: Category, @Ctx() { loaders }: Context): Promise<Category | null> {
    return category.parent ? ((await loaders.categories()).byCode.get(category.parent.code) ?? null) : null;
  }

  @FieldResolver(() => [Category], { description: 'What belongs to it.' })
  async children(@Root() category: Category, @Ctx() { loaders }: Context): Promise<readonly Category[]> {
    return (await loaders.categories()).childrenOf(category.code);
  }
}
