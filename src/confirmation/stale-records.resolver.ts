import { Args, Authorized, Ctx, Extensions, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import type { Context } from '../shared/context.js';
import { Role } from '../viewer/viewer.rules.js';
import { GroupFreshness } from './confirmation.types.js';
import { ConfirmationLink } from './confirmation-link.entity.js';
import { directoryRecord } from './directory-record.query.js';
import { DirectoryRecord } from './directory-record.types.js';
import { FreshnessShares } from './freshness-shares.types.js';
import { RecordReminder } from './record-reminder.entity.js';
import { staleGroups, staleRecordPage } from './stale-records.query.js';
import { StaleRecord, StaleRecordConnection, StaleRecordsArgs } from './stale-records.types.js';

@Resolver(() => StaleRecord)
export class StaleRecordResolver {
  @Authorized(Role.COORDINATOR)
  @Query(() => StaleRecordConnection, {
    nullable: true,
    description:
      'What nobody has confirmed of late in a network that you coordinate, as far as it is shown: first what never was, then the oldest. Null for another network.',
  })
  staleRecords(@Args(() => StaleRecordsArgs) args: StaleRecordsArgs, @Ctx() ctx: Context) {
    return staleRecordPage(ctx, args);
  }

  @FieldResolver(() => DirectoryRecord, { description: 'The partner, location or service.' })
  record(@Root() { kind, id }: StaleRecord, @Ctx() ctx: Context): Promise<DirectoryRecord> {
    return directoryRecord(ctx, kind, id);
  }

  @FieldResolver(() => Partner, { description: 'Whose it is.' })
  partner(@Root() { partnerId }: StaleRecord, @Ctx() { em }: Context): Promise<Partner> {
    return em.getReference(Partner, partnerId, { wrapped: true }).loadOrFail();
  }

  @FieldResolver(() => [GroupFreshness], { description: 'The groups of its fields that are STALE or UNCONFIRMED.' })
  groups(@Root() record: StaleRecord, @Ctx() ctx: Context): Promise<GroupFreshness[]> {
    return staleGroups(ctx, record);
  }

  @FieldResolver(() => RecordReminder, { nullable: true, description: 'The last reminder, if the partner had one.' })
  async reminder(@Root() { id }: StaleRecord, @Ctx() { loaders }: Context): Promise<RecordReminder | null> {
    return (await loaders.remindersOfRecord.load(id))[0] ?? null;
  }

  @FieldResolver(() => ConfirmationLink, {
    nullable: true,
    description: 'The newest link of its partner that is open.',
  })
  async openLink(@Root() { partnerId }: StaleRecord, @Ctx() ctx: Context): Promise<ConfirmationLink | null> {
    return (await ctx.loaders.openLinksOfPartner(ctx.now).load(partnerId))[0] ?? null;
  }
}

@Resolver(() => Network)
export class NetworkFreshnessResolver {
  @Extensions({ items: 4 })
  @FieldResolver(() => [FreshnessShares], {
    description: 'How fresh its published directory is: partners, locations, services and reports of places.',
  })
  freshness(@Root() { id }: Network, @Ctx() { loaders, now }: Context): Promise<FreshnessShares[]> {
    return loaders.freshnessOfNetwork(now).load(id);
  }
}
