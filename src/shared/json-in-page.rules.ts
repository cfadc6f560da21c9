/** JSON as text that may stand in a page of HTML: no word in it can end the script around it. */
export const jsonInPage = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
