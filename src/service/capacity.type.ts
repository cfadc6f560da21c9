import { Field, Int, ObjectType } from 'type-graphql';
import { Freshness, freshnessOf } from '../shared/freshness.rules.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import type { Service } from './service.entity.js';
import { freePlaces, shownFree, shownWaiting, showsCoarsely } from './service.rules.js';
import type { ServiceCapacity } from './service-capacity.entity.js';

@ObjectType({
  description: 'Places (Plätze) as the partner last reported them, and as referrals of this hub took them.',
})
export class Capacity {
  @Field(() => Int, { nullable: true, description: 'All places; null where they are not counted.' })
  total!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'max(0, total − reserved − occupiedElsewhere). Of a service that tells little of its clients, others see it rounded down to 0, 1, 3 or 6.',
  })
  free!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'As the partner reports for other ways in, plus the WAITLISTED referrals of this hub. Of a service that tells little of its clients, others see what the partner reports alone.',
  })
  waiting!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many days a new client waits, as the partner reports.' })
  expectedWaitDays!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Taken by clients who came another way. For the partner itself and coordinators, else null; of a service that tells little of its clients, null for coordinators who are caseworkers there too.',
  })
  occupiedElsewhere!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Held by referrals of this hub. For the partner itself and coordinators, else null; of a service that tells little of its clients, null for coordinators who are caseworkers there too.',
  })
  reserved!: number | null;

  @Field(() => GraphQLDateTime, { description: 'When the partner last reported.' })
  reportedAt!: Date;

  @Field(() => Freshness, { description: 'How old the report is.' })
  freshness!: Freshness;
}

/** What somebody sees of a service's places; null where nothing was ever reported. */
export function capacityAsSeen(
  service: Service,
  capacity: ServiceCapacity | null,
  exactly: boolean,
  now: Date,
): Capacity | null {
  if (!capacity?.reportedAt) return null;
  const { total, reserved, occupiedElsewhere, reportedWaiting, waitlisted, expectedWaitDays, reportedAt } = capacity;
  const free = freePlaces(capacity);
  return {
    total,
    free: exactly ? free : shownFree(free, showsCoarsely(service)),
    waiting: shownWaiting(reportedWaiting, waitlisted, showsCoarsely(service), exactly),
    expectedWaitDays,
    occupiedElsewhere: exactly ? occupiedElsewhere : null,
    reserved: exactly ? reserved : null,
    reportedAt,
    freshness: freshnessOf(reportedAt, now),
  };
}
