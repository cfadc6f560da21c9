/** Basic filtering of RFC 4647: "uk" is met by "uk" and "uk-UA", never by "ukx"; upper and lower case are the same. */
export function meetsLanguage(asked: string, spoken: string): boolean {
  const range = asked.toLowerCase();
  const tag = spoken.toLowerCase();
  return tag === range || tag.startsWith(`${range}-`);
}

/** Those of the asked languages that are spoken. */
export const spokenAmong = (asked: readonly string[], spoken: readonly string[]): string[] =>
  asked.filter(one => spoken.some(other => meetsLanguage(one, other)));
