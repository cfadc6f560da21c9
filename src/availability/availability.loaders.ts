import type { EntityManager } from '@mikro-orm/postgresql';
import { entitiesPerId, onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, rowsOf, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { requestVisibleTo } from './availability.access.js';
import { AvailabilityRequest } from './availability-request.entity.js';

/** The requests of a question that was shown, as far as the viewer may see them; the best fitting service first. */
export const requestsOfQuestion = (em: EntityManager, viewer: Viewer) =>
  entitiesPerId(
    em,
    AvailabilityRequest,
    ids => sql`select t.question_id as owner_id, ${columnsOf(em, AvailabilityRequest, 't')} from availability_request t
      where t.question_id = any(${ids}::uuid[]) and ${requestVisibleTo(viewer)} order by t.position`,
  );

interface AnswerCounts {
  question: string;
  asked: number;
  answered: number;
  yes: number;
}

/** How many of them there are, were answered, and with a place. */
export const answersOfQuestion = (em: EntityManager, viewer: Viewer) =>
  onePerId(
    ids =>
      rowsOf<AnswerCounts>(
        em,
        sql`select t.question_id as question, count(*)::int as asked, count(t.answered_at)::int as answered,
              (count(*) filter (where t.places > 0))::int as yes
            from availability_request t
            where t.question_id = any(${ids}::uuid[]) and ${requestVisibleTo(viewer)} group by 1`,
      ),
    counts => counts.question,
  );
