import { Arg, Args, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { Location } from '../location/location.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { FieldDiff } from '../proposal/proposal.types.js';
import { RecordName } from '../record/record.rules.js';
import { Revision } from '../record/revision.entity.js';
import { Service } from '../service/service.entity.js';
import type { Context } from '../shared/context.js';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { Role } from '../viewer/viewer.rules.js';
import { HistoryArgs, RevisionConnection } from './history.inputs.js';
import { diffsOfRevision, historyOf, nameOfAuthor, roleOfAuthor, sourceOfRevision } from './history.query.js';
import { FieldProvenance } from './history.types.js';
import { provenanceOf } from './provenance.query.js';

const HISTORY =
  'What has changed, newest first; the last one is its making. What was written before it was first published is for those who keep it.';
const PROVENANCE = 'Of each field: its value, since when, from where, and when it was confirmed.';

@Resolver(() => Partner)
export class PartnerHistoryResolver {
  @FieldResolver(() => RevisionConnection, { description: HISTORY })
  history(
    @Root() partner: Partner,
    @Args(() => HistoryArgs) args: HistoryArgs,
    @Ctx() ctx: Context,
  ): Promise<RevisionConnection> {
    return historyOf(ctx, RecordName.PARTNER, partner, args);
  }

  @Extensions({ items: 25 })
  @FieldResolver(() => [FieldProvenance], { description: PROVENANCE })
  provenance(@Root() partner: Partner, @Ctx() ctx: Context): Promise<FieldProvenance[]> {
    return provenanceOf(ctx, RecordName.PARTNER, partner);
  }
}

@Resolver(() => Location)
export class LocationHistoryResolver {
  @FieldResolver(() => RevisionConnection, {
    description: `${HISTORY} Of an address that is protected, or came to be since, nothing is told.`,
  })
  history(
    @Root() location: Location,
    @Args(() => HistoryArgs) args: HistoryArgs,
    @Ctx() ctx: Context,
  ): Promise<RevisionConnection> {
    return historyOf(ctx, RecordName.LOCATION, location, args);
  }

  @Extensions({ items: 25 })
  @FieldResolver(() => [FieldProvenance], { description: PROVENANCE })
  provenance(@Root() location: Location, @Ctx() ctx: Context): Promise<FieldProvenance[]> {
    return provenanceOf(ctx, RecordName.LOCATION, location);
  }
}

@Resolver(() => Service)
export class ServiceHistoryResolver {
  @FieldResolver(() => RevisionConnection, { description: HISTORY })
  history(
    @Root() service: Service,
    @Args(() => HistoryArgs) args: HistoryArgs,
    @Ctx() ctx: Context,
  ): Promise<RevisionConnection> {
    return historyOf(ctx, RecordName.SERVICE, service, args);
  }

  @Extensions({ items: 25 })
  @FieldResolver(() => [FieldProvenance], { description: PROVENANCE })
  provenance(@Root() service: Service, @Ctx() ctx: Context): Promise<FieldProvenance[]> {
    return provenanceOf(ctx, RecordName.SERVICE, service);
  }
}

@Resolver(() => Revision)
export class RevisionResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Of an import, its name. For those who are signed in; null for others.',
  })
  source(@Root() revision: Revision, @Ctx() ctx: Context): string | null {
    return sourceOfRevision(ctx, revision);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Name of who did it. For those who edit the record and coordinators of its network; null for others.',
  })
  by(@Root() revision: Revision, @Ctx() ctx: Context): Promise<string | null> {
    return nameOfAuthor(ctx, revision);
  }

  @FieldResolver(() => Role, {
    nullable: true,
    description:
      'As what she did it, by what she may do today. For those who are signed in; null for others, and where nobody signed in did it.',
  })
  byRole(@Root() revision: Revision, @Ctx() ctx: Context): Promise<Role | null> {
    return roleOfAuthor(ctx, revision);
  }

  @FieldResolver(() => [FieldDiff], { description: 'What changed, field by field; nothing for its making.' })
  changes(@Root() revision: Revision, @Ctx() ctx: Context): Promise<FieldDiff[]> {
    return diffsOfRevision(ctx, revision);
  }
}

@Resolver(() => FieldProvenance)
export class FieldProvenanceResolver {
  @FieldResolver(() => String, { description: 'What people call the field. German or English.' })
  label(
    @Root() { spec }: FieldProvenance,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    return inLanguage(language, spec);
  }
}
