import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { Gap } from './gap.entity.js';
import type { GapUpdateInput } from './gap.inputs.js';
import { isShown } from './gap.query.js';

const { INVALID_INPUT, NOT_FOUND } = UserErrorCode;

/** What the coordinator says of a gap; NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function updateGap(
  ctx: Context,
  id: string,
  input: GapUpdateInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const gap = await lock(ctx, tx, id);
    checkVersion(expectedVersion, gap.version);
    const changes = checked(input);
    if (Object.keys(changes).length > 0) tx.assign(gap, { ...changes, updatedAt: ctx.now });
    return gap.id;
  });
}

async function lock(ctx: Context, tx: EntityManager, id: string): Promise<Gap> {
  const query = sql`select ${columnsOf(tx, Gap, 'g')} from gap g where g.id = ${id} and ${isShown(ctx)} for update`;
  const [gap] = isId(id) ? await entitiesOf(tx, Gap, query) : [];
  if (!gap) throw new Refusal(NOT_FOUND, 'Diese Lücke gibt es nicht.', ['id']);
  return gap;
}

/** What was given; forms send '' for an emptied field. */
function checked({ status, note }: GapUpdateInput): Partial<Pick<Gap, 'status' | 'note'>> {
  if (status === null) throw new Refusal(INVALID_INPUT, 'Der Status darf nicht leer sein.', ['input', 'status']);
  return {
    ...(status !== undefined && { status }),
    ...(note !== undefined && { note: note === '' ? null : note }),
  };
}
