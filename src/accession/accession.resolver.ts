import {
  Arg,
  Args,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { FrameworkAgreement } from '../framework-agreement/framework-agreement.entity.js';
import { Network } from '../network/network.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Accession } from './accession.entity.js';
import './accession.enums.js';
import { AccessionConnection, AccessionsArgs } from './accession.inputs.js';
import { accessionPage, findAccession, stateOf } from './accession.query.js';
import {
  AccessionGap,
  AccessionStatus,
  type MissingItem,
  MOST_CONSENTS,
  MOST_RESOLUTIONS,
  mayUseLogo,
  missingOn,
  statusOn,
} from './accession.rules.js';
import { AccessionConsent, AccessionResolution } from './accession-paper.entity.js';

const ON = { nullable: true, description: 'As of this day; today when left out.' } as const;

@ObjectType({ description: 'What an accession lacks.' })
export class AccessionMissing implements MissingItem {
  @Field(() => AccessionGap, { description: 'What.' })
  what!: AccessionGap;

  @Field(() => String, { description: 'The same in a German sentence, with the time that is left.' })
  text!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Days until the deadline; negative once it is over, null where none is at stake.',
  })
  daysLeft!: number | null;
}

@Resolver(() => Accession)
export class AccessionResolver {
  @Query(() => AccessionConnection, {
    description:
      'Accessions of Jobcenters to framework agreements (Beitritte), the latest deadline first: those that are acceded, for everybody; members of a network see its others too.',
  })
  accessions(@Args(() => AccessionsArgs) args: AccessionsArgs, @Ctx() ctx: Context): Promise<AccessionConnection> {
    return accessionPage(ctx, args);
  }

  @Query(() => Accession, { nullable: true, description: 'One accession; null for what there is not, or not for you.' })
  accession(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Accession | null> {
    return findAccession(ctx, id);
  }

  @FieldResolver(() => Network, { description: 'Whose Jobcenter accedes.' })
  network(@Root() accession: Accession): Promise<Network> {
    return accession.network.loadOrFail();
  }

  @FieldResolver(() => FrameworkAgreement, { description: 'To what.' })
  agreement(@Root() accession: Accession): Promise<FrameworkAgreement> {
    return accession.agreement.loadOrFail();
  }

  @FieldResolver(() => AccessionStatus, { description: 'Where it stands; follows from its dates.' })
  status(
    @Root() accession: Accession,
    @Arg('on', () => GraphQLLocalDate, ON) on: string | null,
    @Ctx() { now }: Context,
  ): AccessionStatus {
    return statusOn(accession, on ?? berlinDay(now));
  }

  @FieldResolver(() => Boolean, { description: "Whether the initiative's logo may be used (Logonutzung)." })
  mayUseLogo(
    @Root() accession: Accession,
    @Arg('on', () => GraphQLLocalDate, ON) on: string | null,
    @Ctx() { now }: Context,
  ): boolean {
    return mayUseLogo(accession, on ?? berlinDay(now));
  }

  @Extensions({ items: MOST_CONSENTS })
  @FieldResolver(() => [AccessionConsent], {
    description: 'The bodies that must agree, and what they decided; 20 at most.',
  })
  consents(@Root() { id }: Accession, @Ctx() { loaders }: Context): Promise<AccessionConsent[]> {
    return loaders.consentsOfAccession.load(id);
  }

  @Extensions({ items: MOST_RESOLUTIONS })
  @FieldResolver(() => [AccessionResolution], {
    description: 'Its papers, the oldest first; 50 at most.',
  })
  resolutions(@Root() { id }: Accession, @Ctx() { loaders }: Context): Promise<AccessionResolution[]> {
    return loaders.resolutionsOfAccession.load(id);
  }

  @Extensions({ items: MOST_CONSENTS + 3 })
  @FieldResolver(() => [AccessionMissing], {
    description:
      'What is missing, in the order in which it has to come; at most one for each body and three more. Also of a past day, by the decisions and catalogues of that day; deadline and the bodies that must agree are those that are named now.',
  })
  async missing(
    @Root() accession: Accession,
    @Arg('on', () => GraphQLLocalDate, ON) on: string | null,
    @Ctx() { loaders, now }: Context,
  ): Promise<MissingItem[]> {
    const [consents, plan] = await Promise.all([
      loaders.consentsOfAccession.load(accession.id),
      loaders.planOfAccession.load(accession.id),
    ]);
    return missingOn(stateOf(accession, consents, plan?.adoptedOn ?? null), on ?? berlinDay(now));
  }
}
