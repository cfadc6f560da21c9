import type { EntityManager } from '@mikro-orm/postgresql';
import { AvailabilityQuestion } from '../../src/availability/availability-question.entity.js';
import { AvailabilityRequest } from '../../src/availability/availability-request.entity.js';
import type { given } from './given.js';

type World = Awaited<ReturnType<typeof given>>;

/** The caseworker of a world asked its one service; nobody answered yet. */
export async function askedOf(
  em: EntityManager,
  { network, caseworker, service, anker, categoryCode }: World,
  at: Date,
) {
  const shared = {
    network: network.id,
    askedBy: caseworker.accountId!,
    askedAt: at,
    answerBy: new Date(at.getTime() + 3 * 86_400_000),
  };
  const question = em.create(AvailabilityQuestion, {
    ...shared,
    category: categoryCode,
    languages: ['uk'],
    ageGroup: null,
    accessibility: [],
    withinDays: 21,
  });
  const request = em.create(AvailabilityRequest, {
    ...shared,
    question,
    service: service.id,
    partner: anker.id,
    position: 0,
    answeredAt: null,
    places: null,
    freeFrom: null,
    expectedWaitDays: null,
  });
  await em.flush();
  return { question, request };
}
