import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { InstrumentVersion } from './instrument.entity.js';
import { holdsOn, type InstrumentRule, type RulesOfDay } from './instrument.rules.js';
import type { Catalogue } from './instrument-catalogue.query.js';
import type { NameOf } from './instrument-texts.rules.js';

export const findInstrumentVersion = async ({ em }: Context, id: string): Promise<InstrumentVersion | null> =>
  isId(id) ? em.findOne(InstrumentVersion, { id }) : null;

/** The rules of a version, as they were checked when it was written. */
export const rulesIn = ({ rules }: InstrumentVersion): readonly InstrumentRule[] =>
  rules as unknown as readonly InstrumentRule[];

/** The rules of each instrument that is there on that day, by code. */
export const rulesOn = ({ versions }: Catalogue, day: string): ReadonlyMap<string, RulesOfDay> =>
  new Map(
    versions
      .filter(version => holdsOn(version, day))
      .map(version => {
        const { code } = version.instrument;
        return [code, { code, rules: rulesIn(version), source: version.source }];
      }),
  );

/** BAD_USER_INPUT for a code that no instrument has. */
export async function knownInstruments(
  { loaders }: Context,
  codes: readonly string[],
  argument: string,
): Promise<void> {
  const { byCode } = await loaders.instruments();
  if (!codes.every(code => byCode.has(code))) throw badInput(argument, 'No instrument has this code.');
}

/** What people call needs and instruments. */
export async function namesOfCodes({ loaders }: Context): Promise<NameOf> {
  const [needs, { byCode }] = await Promise.all([loaders.needs(), loaders.instruments()]);
  return code => {
    const named = needs.get(code) ?? byCode.get(code);
    return named ? { de: named.nameDe, en: named.nameEn } : { de: code, en: code };
  };
}
