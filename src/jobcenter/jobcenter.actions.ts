import type { EntityManager } from '@mikro-orm/postgresql';
import { coordinatesNetwork } from '../network/network.access.js';
import { PartnerKind, PartnerStatus } from '../partner/partner.rules.js';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import type { StoredRecord } from '../record/record.query.js';
import type { Owners } from '../record/record.rules.js';
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
 * network has one that is published. Returns the id.
 */
export function registerJobcenter(ctx: Context, partnerId: string, { form }: JobcenterInput): Promise<string> {
  return write(ctx, async tx => {
    const partner = await publicInstitution(ctx, tx, partnerId);
    // Of two at once the second waits here, and then finds that there is one.
    const [made] = await rowsOf<{ id: string }>(
      tx,
      sql`insert into jobcenter (network_id, partner_id, form) values (${partner.network}, ${partner.id}, ${form})
          on conflict (network_id) do update
          set partner_id = excluded.partner_id, form = excluded.form, version = jobcenter.version + 1
          where exists (select from partner gone where gone.id = jobcenter.partner_id and gone.status <> 'ACTIVE')
          returning id`,
    );
    if (!made) throw new Refusal(DUPLICATE, 'Dieses Netzwerk hat schon ein Jobcenter.', ['partner']);
    return made.id;
  });
}

/** Another form, or another partner; NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function editJobcenter(
  ctx: Context,
  id: string,
  { form }: JobcenterInput,
  partnerId?: string | null,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const partner = partnerId == null ? null : await publicInstitution(ctx, tx, partnerId); // locked first, as above
    const jobcenter = await lockJobcenter(ctx, tx, id);
    checkVersion(expectedVersion, jobcenter.version);
    if (partner && partner.network !== jobcenter.network.id) throw new Refusal(NOT_FOUND, NO_SUCH_PARTNER, ['partner']);
    tx.assign(jobcenter, { form, ...(partner && { partner: partner.id }) });
    return jobcenter.id;
  });
}

const NO_SUCH_PARTNER = 'Diesen Partner gibt es in Ihrem Netzwerk nicht.';

/** The record of a partner that can be a Jobcenter, locked, for those who coordinate its network. */
async function publicInstitution({ viewer }: Context, tx: EntityManager, id: string): Promise<StoredRecord> {
  const mayEdit = ({ network }: Owners) => coordinatesNetwork(viewer, network);
  const partner = await lockForEdit(tx, PARTNER_RECORD, id, mayEdit, NO_SUCH_PARTNER, 'partner');
  const { status, kinds } = partner.document;
  if (status === PartnerStatus.ACTIVE && (kinds as string[]).includes(PartnerKind.PUBLIC_INSTITUTION)) return partner;
  throw new Refusal(
    INVALID_INPUT,
    'Ein Jobcenter ist ein veröffentlichter Partner der Art „öffentliche Einrichtung“.',
    ['partner'],
  );
}

async function lockJobcenter({ viewer }: Context, tx: EntityManager, id: string): Promise<Jobcenter> {
  const query = sql`select ${columnsOf(tx, Jobcenter, 'j')} from jobcenter j where j.id = ${id} for no key update`;
  const [jobcenter] = isId(id) ? await entitiesOf(tx, Jobcenter, query) : [];
  if (jobcenter && coordinatesNetwork(viewer, jobcenter.network.id)) return jobcenter;
  throw new Refusal(NOT_FOUND, 'Dieses Jobcenter gibt es nicht.', ['id']);
}
