/** A tag may carry words of one's own ("de-x-muster"): a language and a country are all that is told of a client. */
export const isPlainLanguage = (tag: string): boolean => /^[a-z]{2,3}(-([A-Z]{2}|\d{3}))?$/.test(tag);
