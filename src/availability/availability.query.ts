import { type Page, type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import type { Position } from '../shared/cursor.js';
import { isId } from '../shared/id.js';
import { newestOf } from '../shared/newest-first.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { type Sql, sql } from '../shared/sql.js';
import { addressedTo, askedBy, questionVisibleTo, requestVisibleTo } from './availability.access.js';
import {
  AvailabilityQuestionConnection,
  AvailabilityRequestConnection,
  type AvailabilityRequestsArgs,
} from './availability.inputs.js';
import { closedBefore } from './availability.rules.js';
import { AvailabilityQuestion } from './availability-question.entity.js';
import { AvailabilityRequest } from './availability-request.entity.js';

const QUESTIONS = newestOf(AvailabilityQuestion, 'availability_question', 'asked_at');
const REQUESTS = newestOf(AvailabilityRequest, 'availability_request', 'asked_at');

/** Null where there is none, or none that the viewer may see. */
export const findAvailabilityQuestion = (ctx: Context, id: string): Promise<AvailabilityQuestion | null> =>
  one(ctx, QUESTIONS, id, questionVisibleTo(ctx.viewer));

/** Null where there is none, or none that the viewer may see. */
export const findAvailabilityRequest = (ctx: Context, id: string): Promise<AvailabilityRequest | null> =>
  one(ctx, REQUESTS, id, requestVisibleTo(ctx.viewer));

/** What the viewer asked, newest first. */
export async function questionPage(ctx: Context, args: PageArgs): Promise<AvailabilityQuestionConnection> {
  const page = pageOf(args, ctx.secrets, AvailabilityQuestionConnection.list);
  return AvailabilityQuestionConnection.of(ctx.secrets, await slice(ctx, QUESTIONS, [askedBy(ctx.viewer)], page));
}

/** What the viewer's partners were asked, newest first. */
export async function requestPage(
  ctx: Context,
  args: AvailabilityRequestsArgs,
): Promise<AvailabilityRequestConnection> {
  const page = pageOf(args, ctx.secrets, AvailabilityRequestConnection.list);
  const conditions = [addressedTo(ctx.viewer), ...(args.open == null ? [] : [openIs(args.open, ctx.now)])];
  return AvailabilityRequestConnection.of(ctx.secrets, await slice(ctx, REQUESTS, conditions, page));
}

/** SQL: does the request wait for an answer? As `isOpen` of the rules. */
export const waitsForAnswer = (now: Date): Sql => sql`t.answered_at is null and t.answer_by >= ${closedBefore(now)}`;

const openIs = (open: boolean, now: Date): Sql => sql`(${waitsForAnswer(now)}) = ${open}`;

async function one<T extends object>(
  { em }: Context,
  list: OrderedList<T>,
  id: string,
  visible: Sql,
): Promise<T | null> {
  if (!isId(id)) return null;
  const [found] = await listPage(em, list, [sql`t.id = ${id}`, visible], { size: 1, after: null });
  return found ?? null;
}

const slice = async <T extends { askedAt: Date; id: string }>(
  { em }: Context,
  list: OrderedList<T>,
  conditions: Sql[],
  page: Page,
) => ({
  rows: await listPage(em, list, conditions, page),
  page,
  position: ({ askedAt, id }: T): Position => [askedAt.toISOString(), id],
  count: () => countOf(em, list, conditions),
});
