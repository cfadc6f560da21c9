import type { EntityManager } from '@mikro-orm/postgresql';
import { coordinatesNetwork } from '../network/network.access.js';
import { coordinatedNetwork } from '../network/own-network.query.js';
import { publishedPartner } from '../partner/named-partner.actions.js';
import { aDay, aLine, aName, between, type Check, faultsOf, listOf, optional, whole } from '../record/fault.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { changeOne } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import type { TrainingCourseInput, TrainingSessionInput } from './training.inputs.js';
import { TrainingCourse, TrainingSession } from './training-course.entity.js';
import { topicFaults } from './training-topics.query.js';

const COURSE_CHECKS: Readonly<Record<string, Check>> = {
  title: aName,
  topics: listOf(aLine(), 20, 1),
  hours: between(0.25, 400),
};

/** A new course of a network; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function createCourse(ctx: Context, slug: string, input: TrainingCourseInput): Promise<string> {
  return write(ctx, async tx => {
    const network = await coordinatedNetwork(ctx, tx, slug, ['network']);
    const wanted = await checkedCourse(tx, { title: null, topics: [], provider: null, hours: null }, input);
    const course = tx.create(TrainingCourse, { network, ...wanted });
    await tx.flush();
    return course.id;
  });
}

/** NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT. Returns the id. */
export function editCourse(
  ctx: Context,
  id: string,
  input: TrainingCourseInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const course = await lockCourse(ctx, tx, id, 'id');
    checkVersion(expectedVersion, course.version);
    const { title, topics, provider, hours } = course;
    tx.assign(course, await checkedCourse(tx, { title, topics, provider: provider?.id ?? null, hours }, input));
    return course.id;
  });
}

/** A course is held once more; NOT_FOUND, INVALID_INPUT. Returns the id of the session. */
export function planSession(ctx: Context, courseId: string, input: TrainingSessionInput): Promise<string> {
  return write(ctx, async tx => {
    const course = await lockCourse(ctx, tx, courseId, 'course');
    const stored = { heldOn: null, heldUntil: input.heldOn ?? null, seats: null };
    const session = tx.create(TrainingSession, { network: course.network, course, ...checkedSession(stored, input) });
    await tx.flush();
    return session.id;
  });
}

/** NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT, also where more attended than there would be seats. Returns the id. */
export function editSession(
  ctx: Context,
  id: string,
  input: TrainingSessionInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const session = await lockSession(ctx, tx, id);
    checkVersion(expectedVersion, session.version);
    const { heldOn, heldUntil, seats } = session;
    const wanted = checkedSession({ heldOn, heldUntil, seats }, input);
    refuseFaults(await seatFaults(tx, id, wanted.seats, ['seats']));
    await changeOne(
      tx,
      sql`update training_session set held_on = ${wanted.heldOn}::date, held_until = ${wanted.heldUntil}::date,
            seats = ${wanted.seats}::int, version = version + 1 where id = ${id}`,
    );
    return session.id;
  });
}

/** A session of a network that the viewer coordinates, locked; NOT_FOUND. */
export async function lockSession({ viewer }: Context, tx: EntityManager, id: string): Promise<TrainingSession> {
  const query = sql`select ${columnsOf(tx, TrainingSession, 't')} from training_session t where t.id = ${id} for no key update`;
  const [session] = isId(id) ? await entitiesOf(tx, TrainingSession, query) : [];
  if (session && coordinatesNetwork(viewer, session.network.id)) return session;
  throw new Refusal(UserErrorCode.NOT_FOUND, 'Diesen Schulungstermin gibt es nicht.', ['id']);
}

/** A fault at the path where more attended the session than there are seats; none where they are not limited. */
export async function seatFaults(tx: EntityManager, session: string, seats: number | null, path: string[]) {
  if (seats === null) return [];
  const [row] = await rowsOf<{ attended: number }>(
    tx,
    sql`select coalesce(sum(attended), 0)::int as attended from training_attendance where session_id = ${session}`,
  );
  return row!.attended > seats
    ? [{ path, message: `Teilgenommen haben ${row!.attended}, Plätze gibt es ${seats}.` }]
    : [];
}

async function lockCourse(
  { viewer }: Context,
  tx: EntityManager,
  id: string,
  argument: string,
): Promise<TrainingCourse> {
  const query = sql`select ${columnsOf(tx, TrainingCourse, 't')} from training_course t where t.id = ${id} for no key update`;
  const [course] = isId(id) ? await entitiesOf(tx, TrainingCourse, query) : [];
  if (course && coordinatesNetwork(viewer, course.network.id)) return course;
  throw new Refusal(UserErrorCode.NOT_FOUND, 'Diese Schulung gibt es in Ihrem Netzwerk nicht.', [argument]);
}

interface Course {
  readonly title: string;
  readonly topics: string[];
  readonly provider: string | null;
  readonly hours: number;
}

async function checkedCourse(
  tx: EntityManager,
  stored: { readonly [Field in keyof Course]: Course[Field] | null },
  input: TrainingCourseInput,
): Promise<Course> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const wanted = { ...stored, ...given };
  refuseFaults(faultsOf(wanted, COURSE_CHECKS));
  const course = wanted as Course;
  refuseFaults(await topicFaults(tx, course.topics, ['topics']));
  const provider =
    input.provider == null ? course.provider : (await publishedPartner(tx, input.provider, ['input', 'provider'])).id;
  return { ...course, topics: [...new Set(course.topics)], provider };
}

interface Session {
  readonly heldOn: string;
  readonly heldUntil: string;
  readonly seats: number | null;
}

function checkedSession(
  stored: { readonly [Field in keyof Session]: Session[Field] | null },
  input: TrainingSessionInput,
): Session {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const wanted = { ...stored, ...given };
  refuseFaults(faultsOf(wanted, { heldOn: aDay, heldUntil: aDay, seats: optional(whole(1, 10_000)) }));
  const session = wanted as Session;
  if (session.heldUntil < session.heldOn)
    refuseFaults([{ path: ['heldUntil'], message: 'Der letzte Tag liegt nicht vor dem ersten.' }]);
  return session;
}
