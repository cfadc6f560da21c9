import { Field, ID, ObjectType } from 'type-graphql';
import { GraphQLDateTime } from '../shared/scalars.js';
import './referral.enums.js';
import type { Referral } from './referral.entity.js';
import { Party, ReferralStatus, ReferralStep } from './referral.rules.js';
import type { ReferralEvent } from './referral-event.entity.js';
import { lensOf } from './referral-feedback.rules.js';

@ObjectType('ReferralEvent', { description: 'Something that happened to a referral.' })
export class ReferralEventType {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field(() => ReferralStep, { nullable: true, description: 'What was done; null for the creation.' })
  step!: ReferralStep | null;

  @Field(() => ReferralStatus, { nullable: true, description: 'Where it stood; null for the creation.' })
  from!: ReferralStatus | null;

  @Field(() => ReferralStatus, { description: 'Where it stood then.' })
  to!: ReferralStatus;

  @Field(() => GraphQLDateTime, { description: 'When.' })
  at!: Date;

  @Field(() => Party, { description: 'On whose side.' })
  by!: Party;
}

/** The events that the viewer's side may know, each as that side saw it. The draft is the caseworker's alone. */
export function eventsAsSeen(referral: Referral, events: readonly ReferralEvent[]): ReferralEventType[] {
  const lens = lensOf(referral.parties ?? []);
  const seen = lens === Party.CASEWORKER;
  return events.flatMap(({ id, step, at, by, ...event }) => {
    const from = seen ? event.seenFrom : event.from;
    const to = seen ? event.seenTo : event.to;
    return to && (seen || step)
      ? [{ id, step, from, to, at, by: lens === Party.PARTNER ? toldToPartner(step, by) : by }]
      : [];
  });
}

/** Only where another service accepted, the hub itself cancels: the partner need not know that. */
const toldToPartner = (step: ReferralStep | null, by: Party): Party =>
  step === ReferralStep.CANCEL ? Party.CASEWORKER : by;
