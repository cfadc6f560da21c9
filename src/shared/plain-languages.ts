import { Refusal, UserErrorCode } from './errors.js';
import { isPlainLanguage } from './language.rules.js';

/** Refuses with INVALID_INPUT on `input.languages` where what is told of a client holds more than languages. */
export function checkPlainLanguages(tags: readonly string[]): void {
  if (tags.every(isPlainLanguage)) return;
  const message = 'Bitte nur Sprache und Land angeben, zum Beispiel uk oder pt-BR.';
  throw new Refusal(UserErrorCode.INVALID_INPUT, message, ['input', 'languages']);
}
