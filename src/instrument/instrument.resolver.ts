import {
  Arg,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Service } from '../service/service.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { GraphQLLocalDate, LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import {
  addInstrument,
  addInstrumentVersion,
  endInstrumentVersion,
  removeInstrumentVersion,
} from './instrument.actions.js';
import { Instrument, InstrumentVersion } from './instrument.entity.js';
import { InstrumentInput, InstrumentVersionInput } from './instrument.inputs.js';
import { findInstrumentVersion, namesOfCodes, rulesIn } from './instrument.query.js';
import { holdsOn } from './instrument.rules.js';
import {
  InstrumentCheck,
  InstrumentRuleType,
  ruleOf,
  ServiceInstrumentType,
  serviceInstrumentsOf,
} from './instrument.types.js';
import { checkedText, ruleText } from './instrument-texts.rules.js';
import { instrumentsIn } from './service-instrument.rules.js';

const LANGUAGE = { nullable: true, defaultValue: 'de', description: 'BCP 47; German or English.' } as const;

@ObjectType({ description: 'Answer to a new instrument, or to rules that were taken back.' })
export class InstrumentPayload extends MutationPayload {
  @Field(() => Instrument, { nullable: true, description: 'As it stands now; null when refused.' })
  instrument?: Instrument | null;
}

@ObjectType({ description: 'Answer to a change of the rules of an instrument.' })
export class InstrumentVersionPayload extends MutationPayload {
  @Field(() => InstrumentVersion, { nullable: true, description: 'As it stands now; null when refused.' })
  instrumentVersion?: InstrumentVersion | null;
}

@Resolver(() => Instrument)
export class InstrumentResolver {
  @Query(() => [Instrument], { description: 'All instruments, by code.' })
  async instruments(@Ctx() { loaders }: Context): Promise<Instrument[]> {
    return [...(await loaders.instruments()).byCode.values()];
  }

  @Query(() => Instrument, { nullable: true, description: 'One instrument by its code.' })
  async instrument(
    @Arg('code', () => ID, { description: 'Such as "sgb2-16i".' }) code: string,
    @Ctx() { loaders }: Context,
  ): Promise<Instrument | null> {
    return (await loaders.instruments()).byCode.get(code) ?? null;
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => InstrumentPayload, {
    description: 'A new instrument, for all networks of the hub. For those who run the hub.',
  })
  instrumentAdd(
    @Arg('input', () => InstrumentInput, { description: 'What it is.' }) input: InstrumentInput,
    @Ctx() ctx: Context,
  ): Promise<InstrumentPayload> {
    const added = addInstrument(ctx, input);
    return payload(
      'instrument',
      added.then(async code => (await ctx.loaders.instruments()).byCode.get(code) ?? null),
    );
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => InstrumentVersionPayload, {
    description:
      'Rules for a time in which the instrument has no others: changed law is another version. For those who run the hub.',
  })
  instrumentVersionAdd(
    @Arg('instrument', () => ID, { description: 'Code of the instrument.' }) instrument: string,
    @Arg('input', () => InstrumentVersionInput, { description: 'The rules.' }) input: InstrumentVersionInput,
    @Ctx() ctx: Context,
  ): Promise<InstrumentVersionPayload> {
    return payload(
      'instrumentVersion',
      addInstrumentVersion(ctx, instrument, input).then(id => findInstrumentVersion(ctx, id)),
    );
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => InstrumentVersionPayload, {
    description:
      'The rules hold until a day and no longer. The end can be moved again, either way, but not before the last decision that rests on them, nor into other rules. For those who run the hub.',
  })
  instrumentVersionEnd(
    @Arg('id', () => ID, { description: 'Which version.' }) id: string,
    @Arg('on', () => GraphQLLocalDate, {
      nullable: true,
      description: 'The last day on which it holds; left out: until further notice.',
    })
    on: string | null,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<InstrumentVersionPayload> {
    return payload(
      'instrumentVersion',
      endInstrumentVersion(ctx, id, on ?? null, expectedVersion).then(key => findInstrumentVersion(ctx, key)),
    );
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => InstrumentPayload, {
    description: 'Takes back rules that do not hold yet. For those who run the hub.',
  })
  instrumentVersionRemove(
    @Arg('id', () => ID, { description: 'Which version.' }) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<InstrumentPayload> {
    const removed = removeInstrumentVersion(ctx, id, expectedVersion);
    return payload(
      'instrument',
      removed.then(async code => (await ctx.loaders.instruments()).byCode.get(code) ?? null),
    );
  }

  @FieldResolver(() => String, { description: 'Its name. German or English.' })
  name(
    @Root() { nameDe, nameEn }: Instrument,
    @Arg('language', () => LanguageTag, LANGUAGE) language: string | null,
  ): string {
    return inLanguage(language, { de: nameDe, en: nameEn });
  }

  @FieldResolver(() => [InstrumentVersion], {
    description: 'All versions of its rules, the oldest first; no two at a time.',
  })
  async versions(@Root() { code }: Instrument, @Ctx() { loaders }: Context): Promise<InstrumentVersion[]> {
    return (await loaders.instruments()).versions.filter(({ instrument }) => instrument.code === code);
  }

  @FieldResolver(() => InstrumentVersion, {
    nullable: true,
    description: 'The rules of a day; null where there were none.',
  })
  async version(
    @Root() { code }: Instrument,
    @Arg('on', () => GraphQLLocalDate, { nullable: true, description: 'The day; today when left out.' }) on:
      | string
      | null,
    @Ctx() { loaders, now }: Context,
  ): Promise<InstrumentVersion | null> {
    const { versions } = await loaders.instruments();
    const day = on ?? berlinDay(now);
    return versions.find(one => one.instrument.code === code && holdsOn(one, day)) ?? null;
  }
}

@Resolver(() => InstrumentVersion)
export class InstrumentVersionResolver {
  @FieldResolver(() => Instrument, { description: 'Whose rules these are.' })
  async instrument(@Root() { instrument }: InstrumentVersion, @Ctx() { loaders }: Context): Promise<Instrument> {
    return (await loaders.instruments()).byCode.get(instrument.code)!;
  }

  @FieldResolver(() => [InstrumentRuleType], { description: 'What has to hold, and how it is paid.' })
  rules(@Root() version: InstrumentVersion): InstrumentRuleType[] {
    return rulesIn(version).map(ruleOf);
  }
}

@Resolver(() => InstrumentRuleType)
export class InstrumentRuleResolver {
  @FieldResolver(() => String, { description: 'For people: "Höchstens 24 Monate innerhalb von 60 Monaten".' })
  async text(
    @Root() { stored }: InstrumentRuleType,
    @Arg('language', () => LanguageTag, LANGUAGE) language: string | null,
    @Ctx() ctx: Context,
  ): Promise<string> {
    return inLanguage(language, ruleText(stored, await namesOfCodes(ctx)));
  }
}

@Resolver(() => InstrumentCheck)
export class InstrumentCheckResolver {
  @FieldResolver(() => String, {
    description: 'For people: "Nicht erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (20 genutzt, 6 geplant)".',
  })
  async text(
    @Root() { check }: InstrumentCheck,
    @Arg('language', () => LanguageTag, LANGUAGE) language: string | null,
    @Ctx() ctx: Context,
  ): Promise<string> {
    return checkedText(check, await namesOfCodes(ctx), language);
  }
}

@Resolver(() => Service)
export class ServiceInstrumentsResolver {
  @FieldResolver(() => [ServiceInstrumentType], {
    description: 'By which instruments a place may be paid; 20 at most.',
  })
  async instruments(@Root() { instruments }: Service, @Ctx() { loaders }: Context): Promise<ServiceInstrumentType[]> {
    const stored = instrumentsIn(instruments);
    return stored.length === 0 ? [] : serviceInstrumentsOf(stored, (await loaders.instruments()).byCode);
  }
}
