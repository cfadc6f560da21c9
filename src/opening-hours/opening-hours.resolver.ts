import { Arg, Args, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { Location } from '../location/location.entity.js';
import { Service } from '../service/service.entity.js';
import type { Context } from '../shared/context.js';
import { GraphQLDateTime, LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import './opening-hours.enums.js';
import { OpeningDaysArgs, OpeningsArgs } from './opening-hours.inputs.js';
import { isOpen, nextOpen, openingsOf, shownHours, specialDaysOf, textOf } from './opening-hours.query.js';
import { Attendance } from './opening-hours.rules.js';
import { OpeningHoursType, OpeningType, SpecialDayType } from './opening-hours.types.js';

const ATTENDANCE = { nullable: true, description: 'One of these; any when left out or empty.' } as const;
const LANGUAGE = { nullable: true, defaultValue: 'de', description: 'BCP 47.' } as const;

@Resolver(() => OpeningHoursType)
export class OpeningHoursResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'In words for people, in German or English: "Mo–Do 9–16 Uhr, Fr 9–12 Uhr; an Feiertagen geschlossen". Exceptions are told a month ahead. Null where nothing is told.',
  })
  text(
    @Root() hours: OpeningHoursType,
    @Arg('language', () => LanguageTag, LANGUAGE) language: string | null,
    @Ctx() { now }: Context,
  ): string | null {
    return textOf(hours, language, now);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Is it open at this moment? Null where no times are told: nobody knows.',
  })
  openNow(
    @Root() hours: OpeningHoursType,
    @Arg('attendance', () => [Attendance], ATTENDANCE) attendance: Attendance[] | null,
    @Ctx() { now }: Context,
  ): Promise<boolean | null> {
    return isOpen(hours, now, attendance);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Is it open at that moment, from 1990 to 2100? Null where no times are told.',
  })
  openAt(
    @Root() hours: OpeningHoursType,
    @Arg('at', () => GraphQLDateTime, { description: 'When.' }) at: Date,
    @Arg('attendance', () => [Attendance], ATTENDANCE) attendance: Attendance[] | null,
  ): Promise<boolean | null> {
    return isOpen(hours, at, attendance);
  }

  @Extensions({ items: 62 })
  @FieldResolver(() => [OpeningType], {
    complexity: 400,
    description:
      'When it is open on the days from `from` to `until`, 62 at most, from 1990 to 2100: in order, for one kind of attendance disjoint, cut at the ends of these days.',
  })
  openings(@Root() hours: OpeningHoursType, @Args(() => OpeningsArgs) args: OpeningsArgs): Promise<OpeningType[]> {
    return openingsOf(hours, args);
  }

  @Extensions({ items: 62 })
  @FieldResolver(() => [SpecialDayType], {
    complexity: 400,
    description: 'Public holidays and exceptions on the days from `from` to `until`, 62 at most, from 1990 to 2100.',
  })
  specialDays(
    @Root() hours: OpeningHoursType,
    @Args(() => OpeningDaysArgs) args: OpeningDaysArgs,
  ): Promise<SpecialDayType[]> {
    return specialDaysOf(hours, args);
  }

  @FieldResolver(() => OpeningType, {
    nullable: true,
    complexity: 900,
    description: 'The first that begins after this moment; null where none does within 400 days.',
  })
  nextOpening(
    @Root() hours: OpeningHoursType,
    @Arg('attendance', () => [Attendance], ATTENDANCE) attendance: Attendance[] | null,
    @Ctx() { now }: Context,
  ): Promise<OpeningType | null> {
    return nextOpen(hours, now, attendance);
  }
}

@Resolver(() => OpeningType)
export class OpeningResolver {
  @FieldResolver(() => String, { nullable: true, description: 'The public holiday on which it is open all the same.' })
  holiday(
    @Root() { opening }: OpeningType,
    @Arg('language', () => LanguageTag, LANGUAGE) language: string | null,
  ): string | null {
    return opening.holiday && inLanguage(language, opening.holiday);
  }
}

@Resolver(() => SpecialDayType)
export class SpecialDayResolver {
  @FieldResolver(() => String, { nullable: true, description: 'The public holiday of the state, by name.' })
  holiday(
    @Root() { special }: SpecialDayType,
    @Arg('language', () => LanguageTag, LANGUAGE) language: string | null,
  ): string | null {
    return special.holiday && inLanguage(language, special.holiday);
  }
}

@Resolver(() => Location)
export class LocationHoursResolver {
  @FieldResolver(() => OpeningHoursType, { description: 'When one can go there.' })
  openingHours(@Root() location: Location): OpeningHoursType {
    return shownHours(location.openingHours, async () => location.municipality.key);
  }
}

@Resolver(() => Service)
export class ServiceHoursResolver {
  @FieldResolver(() => OpeningHoursType, {
    description:
      'When one can use it. Its holidays are those of its first location, else of its partner, else its area.',
  })
  openingHours(@Root() service: Service, @Ctx() { loaders }: Context): OpeningHoursType {
    return shownHours(service.openingHours, async () => (await loaders.placeOfService.load(service.id))?.key);
  }
}
