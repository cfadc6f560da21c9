import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Occupation } from '../occupation/occupation.type.js';
import { Service } from '../service/service.entity.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { Programme } from './programme.entity.js';
import { ProgrammeRoundMonthConnection } from './programme.inputs.js';
import { monthsOf } from './programme.query.js';
import { perPlace } from './programme.rules.js';
import { CentsPerPlace, figuresOf, moneyOf, ProgrammeFigures, ProgrammeMoney } from './programme.types.js';
import { ProgrammeRound, ProgrammeRoundMonth } from './programme-round.entity.js';

@Resolver(() => ProgrammeRound)
export class ProgrammeRoundResolver {
  @FieldResolver(() => Programme, { description: 'Whose run it is.' })
  programme(@Root() { programme }: ProgrammeRound): Promise<Programme> {
    return programme.loadOrFail();
  }

  @FieldResolver(() => [Service], { description: 'Its services of published partners, by name; 100 at most.' })
  services(@Root() { id }: ProgrammeRound, @Ctx() { loaders }: Context): Promise<Service[]> {
    return loaders.servicesOfRound.load(id);
  }

  @FieldResolver(() => [Occupation], { description: 'Fields of work (KldB 2010); 50 at most.' })
  async fieldsOfWork(@Root() { id }: ProgrammeRound, @Ctx() { loaders }: Context): Promise<Occupation[]> {
    return (await loaders.fieldsOfRound.load(id)).map(({ occupation }) => ({ code: occupation }));
  }

  @FieldResolver(() => ProgrammeFigures, { description: 'What became of its participants.' })
  async figures(
    @Root() { id, participantsElsewhere }: ProgrammeRound,
    @Ctx() { loaders }: Context,
  ): Promise<ProgrammeFigures> {
    const told = await loaders.figuresOfRound.load(id);
    return figuresOf(told?.asOf ?? null, told, participantsElsewhere);
  }

  @FieldResolver(() => ProgrammeMoney, { description: 'What was paid in it, summed exactly.' })
  async money(@Root() { id }: ProgrammeRound, @Ctx() { loaders }: Context): Promise<ProgrammeMoney> {
    return moneyOf(await loaders.moneyOfRound.load(id));
  }

  @FieldResolver(() => ProgrammeRoundMonthConnection, {
    description: 'What was paid month by month, the oldest first.',
  })
  months(
    @Root() { id }: ProgrammeRound,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ProgrammeRoundMonthConnection> {
    return monthsOf(ctx, id, args);
  }
}

@Resolver(() => ProgrammeRoundMonth)
export class ProgrammeRoundMonthResolver {
  @FieldResolver(() => Service, {
    nullable: true,
    description: 'For which service; null: for all of the round, or for a service whose partner is not published.',
  })
  service(@Root() { service }: ProgrammeRoundMonth, @Ctx() { loaders }: Context): Promise<Service | null> | null {
    return service ? loaders.reportedService.load(service.id) : null;
  }

  @FieldResolver(() => CentsPerPlace, {
    nullable: true,
    description: 'Benefit money for each place; null without places.',
  })
  benefitPerPlace(@Root() { benefitCents, places }: ProgrammeRoundMonth): CentsPerPlace | null {
    return perPlace(benefitCents, places);
  }

  @FieldResolver(() => CentsPerPlace, { nullable: true, description: 'Subsidy for each place; null without places.' })
  subsidyPerPlace(@Root() { subsidyCents, places }: ProgrammeRoundMonth): CentsPerPlace | null {
    return perPlace(subsidyCents, places);
  }
}
