import type { EntityManager } from '@mikro-orm/postgresql';
import { checkPlaces, checkWaitDays, reportFree } from '../service/service.actions.js';
import { Service } from '../service/service.entity.js';
import { berlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { addressedTo } from './availability.access.js';
import type { AvailabilityAnswerInput } from './availability.inputs.js';
import { type Answer, isClosed, lastAskedDay, reportOf } from './availability.rules.js';
import { AvailabilityQuestion } from './availability-question.entity.js';
import { AvailabilityRequest } from './availability-request.entity.js';

const { NOT_FOUND, INVALID_INPUT, TOO_LATE } = UserErrorCode;

/**
 * Stores what the partner says, and reports it as the places of the service, in one transaction. Again, it replaces what
 * was said before. NOT_FOUND, INVALID_INPUT, TOO_LATE. Returns the id.
 */
export function answerAvailability(ctx: Context, id: string, input: AvailabilityAnswerInput): Promise<string> {
  return write(ctx, async tx => {
    const request = await lockRequest(ctx, tx, id);
    if (isClosed(request.answerBy, ctx.now))
      throw new Refusal(TOO_LATE, 'Diese Anfrage ist abgeschlossen. Freie Plätze können Sie beim Angebot melden.', [
        'id',
      ]);
    const { withinDays } = await tx.findOneOrFail(AvailabilityQuestion, { id: request.question.id });
    const today = berlinDay(ctx.now);
    const answer = checked(input, today, lastAskedDay(request.askedAt, withinDays, today));
    const takenBackDays = waitToldBy(request);
    tx.assign(request, { ...answer, answeredAt: ctx.now });
    await tx.flush();
    const service = await tx.findOneOrFail(Service, { id: request.service.id });
    await reportFree(tx, service, { ...reportOf(answer, today), takenBackDays }, ctx.now);
    return request.id;
  });
}

/** The wait that the answer to be replaced reported; null where there is none, or it told none. */
const waitToldBy = ({ answeredAt, places, freeFrom, expectedWaitDays }: AvailabilityRequest): number | null =>
  answeredAt && reportOf({ places: places ?? 0, freeFrom, expectedWaitDays }, berlinDay(answeredAt)).expectedWaitDays;

/** A request to a partner of the viewer, or NOT_FOUND. */
async function lockRequest({ viewer }: Context, tx: EntityManager, id: string): Promise<AvailabilityRequest> {
  const [request] = isId(id)
    ? await entitiesOf(
        tx,
        AvailabilityRequest,
        sql`select ${columnsOf(tx, AvailabilityRequest, 't')} from availability_request t
            where t.id = ${id} and ${addressedTo(viewer)} for update`,
      )
    : [];
  if (!request) throw new Refusal(NOT_FOUND, 'Diese Anfrage gibt es nicht.', ['id']);
  return request;
}

function checked({ places, ...input }: AvailabilityAnswerInput, today: string, lastDay: string): Answer {
  const freeFrom = input.freeFrom ?? null;
  const answer = { places, freeFrom, expectedWaitDays: input.expectedWaitDays ?? null };
  checkPlaces('places', places);
  checkWaitDays('expectedWaitDays', answer.expectedWaitDays);
  if (freeFrom === null) return answer;
  const fault = dayFault(places, freeFrom, today, lastDay);
  if (fault) throw new Refusal(INVALID_INPUT, fault, ['input', 'freeFrom']);
  checkWaitDays('freeFrom', reportOf(answer, today).expectedWaitDays);
  return answer;
}

/** A yes lies in the asked time, and after a no the time that was asked for is over. */
function dayFault(places: number, freeFrom: string, today: string, lastDay: string): string | null {
  if (freeFrom < today) return 'Der Tag liegt in der Vergangenheit.';
  if (places > 0 && freeFrom > lastDay)
    return `Gefragt ist bis zum ${germanDay(lastDay)}. Wird erst danach etwas frei, geben Sie bitte 0 Plätze an.`;
  if (places === 0 && freeFrom <= lastDay)
    return `Ohne freien Platz bis zum ${germanDay(lastDay)} kann erst ein späterer Tag genannt werden.`;
  return null;
}
