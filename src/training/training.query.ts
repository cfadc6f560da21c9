import { inOfficeNetwork } from '../network/network.access.js';
import { officeNetwork } from '../network/own-network.query.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import { TrainingCourseConnection, type TrainingCoursesArgs, TrainingSessionConnection } from './training.inputs.js';
import { TrainingCourse, TrainingSession } from './training-course.entity.js';
import { topicsOf } from './training-topics.query.js';

const COURSES: OrderedList<TrainingCourse> = {
  entity: TrainingCourse,
  table: 'training_course',
  order: 't.title, t.id',
  after: ([title, id]) => sql`(t.title, t.id) > (${title}, ${id}::uuid)`,
};

/** Newest first. */
export const TRAINING_SESSIONS: OrderedList<TrainingSession> = {
  entity: TrainingSession,
  table: 'training_session',
  order: 't.held_on desc, t.id desc',
  after: ([day, id]) => sql`(t.held_on, t.id) < (${day}::date, ${id}::uuid)`,
};

/** The courses of a network, by title; for its office. BAD_USER_INPUT for another, and for an unknown topic. */
export async function coursePage(
  ctx: Context,
  { network: slug, topic, ...args }: TrainingCoursesArgs,
): Promise<TrainingCourseConnection> {
  const { em, secrets } = ctx;
  const page = pageOf(args, secrets, TrainingCourseConnection.list);
  const network = await officeNetwork(ctx, slug, 'network');
  if (topic != null) await topicsOf(ctx, [topic], 'topic');
  const conditions = [sql`t.network_id = ${network.id}`, ...(topic == null ? [] : [sql`${topic} = any(t.topics)`])];
  return TrainingCourseConnection.of(secrets, {
    rows: await listPage(em, COURSES, conditions, page),
    page,
    position: ({ title, id }) => [title, id],
    count: () => countOf(em, COURSES, conditions),
  });
}

/** The sessions of a course, newest first; those of one page of courses by one statement. */
export async function sessionsOf(ctx: Context, id: string, args: PageArgs): Promise<TrainingSessionConnection> {
  const page = pageOf(args, ctx.secrets, TrainingSessionConnection.list);
  const lists = ctx.loaders.trainingSessionsOf('course_id', {}, page);
  return TrainingSessionConnection.of(ctx.secrets, {
    rows: await lists.rows.load(id),
    page,
    position: session => [session.heldOn, session.id],
    count: () => lists.count.load(id),
  });
}

/** Null where there is none in a network in whose office the viewer is. */
export async function findCourse({ em, viewer }: Context, id: string): Promise<TrainingCourse | null> {
  if (!isId(id)) return null;
  const which = sql`t.id = ${id} and ${inOfficeNetwork(viewer, sql`t.network_id`)}`;
  const query = sql`select ${columnsOf(em, TrainingCourse, 't')} from training_course t where ${which}`;
  return (await entitiesOf(em, TrainingCourse, query))[0] ?? null;
}

/** Null where there is none in a network in whose office the viewer is. */
export async function findSession({ em, viewer }: Context, id: string): Promise<TrainingSession | null> {
  if (!isId(id)) return null;
  const which = sql`t.id = ${id} and ${inOfficeNetwork(viewer, sql`t.network_id`)}`;
  const query = sql`select ${columnsOf(em, TrainingSession, 't')} from training_session t where ${which}`;
  return (await entitiesOf(em, TrainingSession, query))[0] ?? null;
}
