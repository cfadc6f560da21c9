import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { momentOf } from '../record/past.js';
import { Service } from '../service/service.entity.js';
import { firstDayUnpaused } from '../service/service.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { type Intake, intakeOn } from './service-intake.rules.js';

@ObjectType({
  description:
    'Whether a service takes people (Aufnahme), as the finder and the step SEND have it: it is active, as is its partner, does not pause, and the rounds of its published programmes take people.',
})
export class ServiceIntake implements Intake {
  @Field(() => Boolean, { description: 'Whether it takes people today, or on the day of `asOf`.' })
  isOpen!: boolean;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The first day on which it takes people again; null: it does, or no such day is known.',
  })
  opensOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it takes nobody, in German; null where it takes people.' })
  reason!: string | null;
}

@Resolver(() => Service)
export class ServiceIntakeResolver {
  @FieldResolver(() => ServiceIntake, {
    description: 'Whether it takes people, and when again. Of the past by the rounds as they are entered now.',
  })
  async intake(@Root() service: Service, @Ctx() { loaders, now }: Context): Promise<ServiceIntake> {
    const day = berlinDay(momentOf(service, now));
    const first = firstDayUnpaused(service.intakePausedUntil, day);
    const [partner, closed] = await Promise.all([
      loaders.partnerOfService.load(service),
      first === null ? null : loaders.closedIntakeOfService.load({ service: service.id, day: first }),
    ]);
    return intakeOn(service, partner.status, day, closed);
  }
}
