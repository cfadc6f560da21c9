import { canonicalLanguageTag, tagsByName } from '../shared/language.rules.js';
import { type Aggregate, type Remarks, rowsIn, type Staged, textIn } from './hsds-aggregate.rules.js';
import { partsOf } from './hsds-owner.rules.js';

/** Languages of the service itself, not of one of its phones; by code, or by their name in German or English. */
export function languagesOf(aggregate: Aggregate, remark: Remarks): string[] {
  const phones = new Set(rowsIn(aggregate, 'phones').map(({ key }) => partsOf(key)[1]));
  const tags = rowsIn(aggregate, 'languages')
    .filter(one => textIn(one, 'service_id') !== null || !phones.has(textIn(one, 'phone_id') ?? ''))
    .flatMap(one => {
      const tag = tagOf(one);
      if (tag === null) remark(one, 'code', 'UNKNOWN_VALUE', textIn(one, 'code') ?? textIn(one, 'name') ?? '');
      return tag ?? [];
    });
  return [...new Set(tags)];
}

function tagOf(language: Staged): string | null {
  const code = textIn(language, 'code');
  const name = textIn(language, 'name') ?? textIn(language, 'language');
  return (code && canonicalLanguageTag(code)) ?? (name && TAGS.get(name.toLowerCase())) ?? null;
}

/** Name in small letters → tag. */
const TAGS = tagsByName(['en', 'de'], name => name.toLowerCase());
