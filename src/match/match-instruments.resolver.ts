import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { checkOf } from '../instrument/instrument.types.js';
import type { Context } from '../shared/context.js';
import { ServiceMatch } from './match.types.js';
import { InstrumentMatch } from './match-instruments.types.js';

@Resolver(() => ServiceMatch)
export class MatchInstrumentsResolver {
  @FieldResolver(() => [InstrumentMatch], {
    description:
      'The instruments of the service, and those that are asked for, each with its rules: what is met, what is not (INSTRUMENT), and what is to be cleared up.',
  })
  async instruments(@Root() { findings }: ServiceMatch, @Ctx() { loaders }: Context): Promise<InstrumentMatch[]> {
    if (findings.length === 0) return [];
    const { byCode } = await loaders.instruments();
    return findings.flatMap(({ instrument: code, checks, ...finding }) => {
      const instrument = byCode.get(code);
      return instrument ? [{ ...finding, instrument, checks: checks.map(checkOf) }] : [];
    });
  }
}
