import type { EntityManager } from '@mikro-orm/postgresql';
import { JobcenterForm } from '../../src/geography/geography.rules.js';
import { Jobcenter } from '../../src/jobcenter/jobcenter.entity.js';
import type { Network } from '../../src/network/network.entity.js';
import type { Partner } from '../../src/partner/partner.entity.js';
import { TrainingCourse, TrainingSession } from '../../src/training/training-course.entity.js';

/** A partner as the Jobcenter of its network, and as who gives a course there, held once. */
export async function staffRows(
  em: EntityManager,
  { network, anker }: { readonly network: Network; readonly anker: Partner },
): Promise<void> {
  em.create(Jobcenter, { network: network.id, partner: anker.id, form: JobcenterForm.JOINT_FACILITY });
  const course = em.create(TrainingCourse, {
    network: network.id,
    title: 'Sucht und Arbeit',
    topics: ['addiction'],
    provider: anker.id,
    hours: 8,
  });
  await em.flush();
  em.create(TrainingSession, { network: network.id, course, heldOn: '2026-01-01', heldUntil: '2026-01-01' });
  await em.flush();
}
