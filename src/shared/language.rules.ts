/** A tag may carry words of one's own ("de-x-muster"): a language and a country are all that is told of a client. */
export const isPlainLanguage = (tag: string): boolean => /^[a-z]{2,3}(-([A-Z]{2}|\d{3}))?$/.test(tag);

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** Two letters must name a language; of three there are more than anybody's tables know. "deutsch" is none. */
const isLanguage = (code: string): boolean =>
  code.length === 3 || (code.length === 2 && LANGUAGES.of(code) !== undefined);

/** The canonical spelling of a language tag, or null if it is none. */
export function canonicalLanguageTag(text: string): string | null {
  if (text.length > 35) return null;
  try {
    const tag = Intl.getCanonicalLocales(text)[0];
    return tag && isLanguage(tag.split('-')[0]!) ? tag : null;
  } catch {
    return null;
  }
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** The names of all languages of two letters in some locales, folded → tag. */
export const tagsByName = (locales: readonly string[], fold: (name: string) => string): ReadonlyMap<string, string> =>
  new Map(
    locales.flatMap(locale => {
      const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' });
      return LETTERS.flatMap(first =>
        LETTERS.flatMap(second => {
          const name = names.of(first + second);
          return name ? [[fold(name), first + second] as const] : [];
        }),
      );
    }),
  );
