import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { textOfValue } from '../proposal/field-names.query.js';
import type { Context } from '../shared/context.js';
import { FieldConflict } from '../shared/errors.js';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import type { JsonValue, RecordName } from './record.rules.js';
import { RECORD_KINDS } from './record-kinds.rules.js';

const language = { nullable: true, defaultValue: 'de', description: 'BCP 47; German or English.' } as const;
const AS_TEXT = 'The same for people: names instead of codes. Null: empty, or not told.';

@Resolver(() => FieldConflict)
export class FieldConflictResolver {
  @FieldResolver(() => String, { description: 'What people call the field. German or English.' })
  label(
    @Root() { kind, field, called }: FieldConflict,
    @Arg('language', () => LanguageTag, language) tag: string | null,
  ): string {
    return inLanguage(tag, called ?? RECORD_KINDS[kind as RecordName].fields[field]!);
  }

  @FieldResolver(() => String, { nullable: true, description: AS_TEXT })
  baseText(
    @Root() { field, base }: FieldConflict,
    @Arg('language', () => LanguageTag, language) tag: string | null,
    @Ctx() ctx: Context,
  ): Promise<string | null> {
    return textOfValue(ctx, field, base as JsonValue, tag);
  }

  @FieldResolver(() => String, { nullable: true, description: AS_TEXT })
  currentText(
    @Root() { field, current }: FieldConflict,
    @Arg('language', () => LanguageTag, language) tag: string | null,
    @Ctx() ctx: Context,
  ): Promise<string | null> {
    return textOfValue(ctx, field, current as JsonValue, tag);
  }

  @FieldResolver(() => String, { nullable: true, description: AS_TEXT })
  yoursText(
    @Root() { field, yours }: FieldConflict,
    @Arg('language', () => LanguageTag, language) tag: string | null,
    @Ctx() ctx: Context,
  ): Promise<string | null> {
    return textOfValue(ctx, field, yours as JsonValue, tag);
  }
}
