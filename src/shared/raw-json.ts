/** JSON that goes into the answer as it is. Parsed and written again it would cost more than reading it did. */
export class RawJson {
  constructor(readonly text: string) {}

  /** For whoever looks into an answer by JSON. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** What Apollo sends: the same text as its own, with what is JSON already put in. */
export function stringifyAnswer(answer: { data?: unknown }): string {
  const { data, ...others } = answer;
  if (!(data instanceof RawJson)) return `${JSON.stringify(answer)}\n`;
  const rest = JSON.stringify(others);
  return `${rest === '{}' ? '{' : `${rest.slice(0, -1)},`}"data":${data.text}}\n`;
}
