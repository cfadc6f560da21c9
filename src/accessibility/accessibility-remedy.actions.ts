import type { EntityManager } from '@mikro-orm/postgresql';
import { aDay, aLine, type Check, faultsOf, oneOf, optional, someText } from '../record/fault.rules.js';
import type { JsonValue } from '../record/record.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import type { AccessibilityRemedyInput } from './accessibility.inputs.js';
import { RemedyState } from './accessibility.rules.js';
import { lockAssessed } from './accessibility-assessment.actions.js';
import { AccessibilityCriterion } from './accessibility-criterion.entity.js';
import { AccessibilityRemedy } from './accessibility-remedy.entity.js';

/** What is to be done at a location; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function planRemedy(ctx: Context, locationId: string, input: AccessibilityRemedyInput): Promise<string> {
  return write(ctx, async tx => {
    const location = await lockAssessed(ctx, tx, locationId, 'location');
    const { criterion, ...rest } = await checked(ctx, tx, NEW, input);
    const remedy = tx.create(AccessibilityRemedy, { location: location.id, criterion, ...rest });
    await tx.flush();
    return remedy.id;
  });
}

/** How far it is, or what it is; NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT. Returns the id. */
export function editRemedy(
  ctx: Context,
  id: string,
  input: AccessibilityRemedyInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const remedy = await lockRemedy(ctx, tx, id);
    checkVersion(expectedVersion, remedy.version);
    const { description, costCents, responsibleBody, dueOn, state, doneOn } = remedy;
    const stored = { criterion: remedy.criterion.code, description, costCents, responsibleBody, dueOn, state, doneOn };
    tx.assign(remedy, await checked(ctx, tx, stored, input));
    return remedy.id;
  });
}

async function lockRemedy(ctx: Context, tx: EntityManager, id: string): Promise<AccessibilityRemedy> {
  const none = 'Diese Abhilfe gibt es nicht.';
  const missing = new Refusal(UserErrorCode.NOT_FOUND, none, ['id']);
  const [named] = isId(id)
    ? await rowsOf<{ location: string }>(
        tx,
        sql`select location_id as location from accessibility_remedy where id = ${id}`,
      )
    : [];
  if (!named) throw missing;
  const location = await lockAssessed(ctx, tx, named.location, 'id', none);
  const [remedy] = await entitiesOf(
    tx,
    AccessibilityRemedy,
    sql`select ${columnsOf(tx, AccessibilityRemedy, 't')} from accessibility_remedy t
        where t.id = ${id} and t.location_id = ${location.id} for update`,
  );
  if (!remedy) throw missing;
  return remedy;
}

interface RemedyFields {
  readonly criterion: string;
  readonly description: string;
  readonly costCents: number | null;
  readonly responsibleBody: string;
  readonly dueOn: string;
  readonly state: RemedyState;
  readonly doneOn: string | null;
}

/** What a new one has where nothing is said. */
const NEW = {
  criterion: null,
  description: null,
  costCents: null,
  responsibleBody: null,
  dueOn: null,
  state: RemedyState.PLANNED,
  doneOn: null,
} as const;

const aCost: Check = (value, path) =>
  typeof value === 'number' && value >= 0 ? [] : [{ path, message: 'Kosten sind nicht negativ.' }];

const aText: Check = (value, path) =>
  typeof value === 'string' && value.trim().length >= 3
    ? someText(1000)(value, path)
    : [{ path, message: 'Hier fehlt ein Text.' }];

const CHECKS: Readonly<Record<string, Check>> = {
  criterion: aLine(),
  description: aText,
  costCents: optional(aCost),
  responsibleBody: aLine(),
  dueOn: aDay,
  state: oneOf(Object.values(RemedyState)),
  doneOn: optional(aDay),
};

/** All of a remedy as it is to be: what is given in place of what is stored. */
async function checked(
  { now }: Context,
  tx: EntityManager,
  stored: { readonly [Field in keyof RemedyFields]: RemedyFields[Field] | null },
  input: AccessibilityRemedyInput,
): Promise<RemedyFields> {
  const today = berlinDay(now);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const wanted = withDoneOn({ ...stored, ...given }, 'doneOn' in given, today);
  refuseFaults(faultsOf(wanted, CHECKS));
  const fields = wanted as unknown as RemedyFields;
  const { criterion, state, doneOn } = fields;
  if (doneOn !== null && state !== RemedyState.DONE)
    refuseFaults([{ path: ['doneOn'], message: 'Ein Tag der Erledigung gehört zum Stand „erledigt“.' }]);
  if (doneOn !== null && doneOn > today)
    refuseFaults([{ path: ['doneOn'], message: 'Der Tag der Erledigung liegt nicht in der Zukunft.' }]);
  if (!(await tx.findOne(AccessibilityCriterion, { code: criterion })))
    refuseFaults([{ path: ['criterion'], message: 'Ein solches Kriterium gibt es nicht.' }]);
  return fields;
}

type Wanted = Record<string, JsonValue>;

/** What is done was done today, where nothing else is said; what is not has no such day. */
function withDoneOn(wanted: Wanted, said: boolean, today: string): Wanted {
  if (wanted.state === RemedyState.DONE) return { ...wanted, doneOn: wanted.doneOn ?? today };
  return said ? wanted : { ...wanted, doneOn: null };
}
