import { onCase } from '../client-case/client-case.access.js';
import { requestTime } from '../shared/policies.js';
import { anyOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { editedPartners, type Viewer } from '../viewer/viewer.rules.js';

// `t` is the decision in all of these. The policies say the same.

/** SQL: of a case that the viewer works on. */
export const ofCaseOf = (viewer: Viewer): Sql =>
  sql`exists (select from client_case c where c.id = t.client_case_id and ${onCase(viewer, 'c')})`;

/** SQL: told to a partner of the viewer with its referral, as long as that may read of the client. */
const toldTo = (viewer: Viewer): Sql =>
  sql`t.disclosed and exists (select from referral_disclosure d where d.referral_id = t.referral_id
    and d.partner_id = any(${editedPartners(viewer)}::uuid[]) and d.disclosed_at is not null
    and (d.readable_until is null or d.readable_until > ${verbatim(requestTime)}))`;

/** SQL: may the viewer see it? */
export const decisionVisibleTo = (viewer: Viewer): Sql => anyOf([ofCaseOf(viewer), toldTo(viewer)]);
