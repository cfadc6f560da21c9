import { Field, ObjectType } from 'type-graphql';
import type { Sql } from '../shared/sql.js';
import type { Inbox } from './box.js';

@ObjectType({ description: 'Referrals that ask for the same, and how many they are.' })
export class InboxBox {
  inbox!: Inbox;
  name!: string;
}

@ObjectType({ description: 'Consents that end soon, and how many they are.' })
export class InboxConsents {
  inbox!: Inbox;
}

@ObjectType({ description: 'Proposals that wait for you, and how many they are.' })
export class InboxProposals {
  inbox!: Inbox;
  which!: Sql;
}

const box = (description: string): PropertyDecorator => Field(() => InboxBox, { description });

@ObjectType({
  description:
    'What a partner has to do. Each open referral lies in one of `new`, `undecided`, `asked`, `waiting`, `toStart` and `underWay`; the other boxes show some of them again.',
})
export class PartnerInbox {
  inbox!: Inbox;
  partnerIds!: readonly string[];

  @box('SENT: not even acknowledged. Urgent ones first, then by `respondBy`.')
  new!: InboxBox;

  @box('RECEIVED: to be decided. Urgent ones first, then by `respondBy`.')
  undecided!: InboxBox;

  @box("NEEDS_INFO: it is the caseworker's turn to answer. Urgent ones first, then by `respondBy`.")
  asked!: InboxBox;

  @box('WAITLISTED, in the order of the lists: urgent ones first, then who waits longest.')
  waiting!: InboxBox;

  @box('ACCEPTED or SCHEDULED: the client has not begun. Urgent ones first, then the oldest acceptance.')
  toStart!: InboxBox;

  @box('IN_PROGRESS or ON_HOLD; what did not change for longest first.')
  underWay!: InboxBox;

  @box('SENT or RECEIVED, and the time for the answer is over. Urgent ones first, then by `respondBy`.')
  overdue!: InboxBox;

  @box('WAITLISTED, and a place is free for them now: one for each free place, in the order of the list.')
  placeFree!: InboxBox;

  @box('ON_HOLD, and the day on which it goes on has come; the oldest first.')
  resuming!: InboxBox;

  @box('SCHEDULED for today, in Berlin, and no no-show noted; by the hour.')
  today!: InboxBox;

  @box('Open, with messages of the caseworker that nobody here has read; what did not change for longest first.')
  withUnreadMessages!: InboxBox;
}

@ObjectType({ description: 'What a caseworker has to do, as far as each service tells her.' })
export class CaseworkerInbox {
  inbox!: Inbox;

  @box(
    'NEEDS_INFO, and WAITLISTED whose client is to be reconfirmed. Urgent ones first, then by when the answer is due.',
  )
  needsMyAnswer!: InboxBox;

  @box('DRAFT: not sent yet. Urgent ones first, then the oldest.')
  drafts!: InboxBox;

  @box(
    'ACCEPTED or SCHEDULED: not begun yet; of services that tell nothing after the acceptance, for 14 days. Newest first.',
  )
  accepted!: InboxBox;

  @box(
    'DECLINED, EXPIRED, ABORTED or COMPLETED in the last 30 days and not referred on since, or REVOKED because the consent ran out. Newest first.',
  )
  ended!: InboxBox;

  @box(
    'SENT or RECEIVED, and the time for the answer is over, if the service tells of its answers at all. Urgent ones first, then by `respondBy`.',
  )
  overdue!: InboxBox;

  @box(
    'COMPLETED, and after 3 or 6 months nobody has answered yet whether the client still is in work; the oldest first.',
  )
  followUps!: InboxBox;

  @box('With messages of the partner that nobody on the case has read. Those sent last first.')
  withUnreadMessages!: InboxBox;
}

@ObjectType({ description: 'Where a network needs its coordination.' })
export class CoordinatorInbox {
  inbox!: Inbox;
  networkIds!: readonly string[];

  @box('Nobody did anything in time: it is your turn. Urgent ones first, then the oldest.')
  escalations!: InboxBox;

  @box(
    'COMPLETED, and weeks after it was due nobody has answered whether the client still is in work; for 180 days, the oldest first.',
  )
  followUps!: InboxBox;

  @box('Open, and no step for 30 days, or for 180 once the client has begun; the oldest first.')
  withoutMovement!: InboxBox;
}
