/** A text for people: German first, English second. */
export interface Bilingual {
  de: string;
  en: string;
}

/** English where English is asked for, German for everything else. */
export const inLanguage = (language: string | null | undefined, text: Bilingual): string =>
  language?.toLowerCase().split('-')[0] === 'en' ? text.en : text.de;
