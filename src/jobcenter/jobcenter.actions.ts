import type { EntityManager } from '@mikro-orm/postgresql';
import { coordinatesNetwork } from '../network/network.access.js';
import { PartnerKind, PartnerStatus } from '../partner/partner.rules.js';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { lockForEdit } from '../record/record-edit.actions.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { Jobcenter } from './jobcenter.entity.js';
import type { JobcenterInput } from './jobcenter.inputs.js';

const { DUPLICATE, INVALID_INPUT, NOT_FOUND } = UserErrorCode;

/**
 * Says that a published public institution is the Jobcenter of its network; NOT_FOUND, INVALID_INPUT, DUPLICATE where the
 * network has one. Returns the id.
 */
export function registerJobcenter(ctx: Context, partnerId: string, { form }: JobcenterInput): Promise<string> {
  return write(ctx, async tx => {
    const partner = await lockForEdit(
      tx,
      PARTNER_RECORD,
      partnerId,
      ({ network }) => coordinatesNetwork(ctx.viewer, network),
      'Diesen Partner gibt es in Ihrem Netzwerk nicht.',
      'partner',
    );
    const { status, kinds } = partner.document;
    if (status !== PartnerStatus.ACTIVE || !(kinds as string[]).includes(PartnerKind.PUBLIC_INSTITUTION))
      throw new Refusal(
        INVALID_INPUT,
        'Ein Jobcenter ist ein veröffentlichter Partner der Art „öffentliche Einrichtung“.',
        ['partner'],
      );
    // Of two at once the second waits here, and then finds that there is one.
    const [made] = await rowsOf<{ id: string }>(
      tx,
      sql`insert into jobcenter (network_id, partner_id, form) values (${partner.network}, ${partner.id}, ${form})
          on conflict do nothing returning id`,
    );
    if (!made) throw new Refusal(DUPLICATE, 'Dieses Netzwerk hat schon ein Jobcenter.', ['partner']);
    return made.id;
  });
}

/** Another form; NOT_FOUND, VERSION_CONFLICT. Returns the id. */
export function editJobcenter(
  ctx: Context,
  id: string,
  { form }: JobcenterInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const jobcenter = await lockJobcenter(ctx, tx, id);
    checkVersion(expectedVersion, jobcenter.version);
    jobcenter.form = form;
    return jobcenter.id;
  });
}

async function lockJobcenter({ viewer }: Context, tx: EntityManager, id: string): Promise<Jobcenter> {
  const query = sql`select ${columnsOf(tx, Jobcenter, 'j')} from jobcenter j where j.id = ${id} for no key update`;
  const [jobcenter] = isId(id) ? await entitiesOf(tx, Jobcenter, query) : [];
  if (jobcenter && coordinatesNetwork(viewer, jobcenter.network.id)) return jobcenter;
  throw new Refusal(NOT_FOUND, 'Dieses Jobcenter gibt es nicht.', ['id']);
}
