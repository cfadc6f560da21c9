import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import { isKeptBy } from '../partner/partner.access.js';
import { checkPartner, wantedOfPartner } from '../partner/partner.actions.js';
import type { PartnerUpdateInput } from '../partner/partner.inputs.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { createRecords } from '../record/record.actions.js';
import { changesBetween, completed, Origin, type RecordDocument, RecordName } from '../record/record.rules.js';
import { naming } from '../record/standing.query.js';
import { foldGerman } from '../search/fold.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { isProposalOf } from './proposal.access.js';
import { checkNotTooMany } from './proposal.actions.js';
import { coordinates, ProposalKind, standingOf } from './proposal.rules.js';
import { storeProposals } from './proposal-store.actions.js';

export interface Registration {
  /** Slug of the network that is to keep the record. */
  readonly network: string;
  readonly input: PartnerUpdateInput;
  readonly reason: string | null;
  /** It is another one than the one of the same name. */
  readonly despiteSameName: boolean;
}

/**
 * Makes a partner: published at once where the viewer coordinates the network, else pending until the coordination has
 * decided. NOT_FOUND, INVALID_INPUT, DUPLICATE, LIMIT_REACHED. Returns the id of the partner.
 */
export function registerPartner(ctx: Context, { network: slug, input, reason, despiteSameName }: Registration) {
  const { viewer, now } = ctx;
  return write(ctx, async tx => {
    // What one account proposes, or is to get one name, waits for each other, so that two at once do not both find room.
    await oneAtATime(tx, `proposal ${viewer.accountId}`);
    // Of two who register one name at once the second finds the first.
    await oneAtATime(tx, `proposal partner named ${foldGerman(String(input.name ?? ''))} in ${slug}`);
    const network = await tx.findOne(Network, { slug });
    if (!network) throw new Refusal(UserErrorCode.NOT_FOUND, 'Dieses Netzwerk gibt es nicht.', ['network']);
    const named = await naming(tx, PARTNER_RECORD, wantedOfPartner(input));
    const wanted: RecordDocument = { name: null, kinds: [], ...named };
    await checkPartner(tx, null, wanted);
    if (!despiteSameName) await refuseSameName(tx, viewer, network.id, wanted.name);
    const id = randomUUID();
    const atOnce = coordinates(viewer, network.id);
    const status = atOnce ? PartnerStatus.ACTIVE : PartnerStatus.PENDING;
    const by = { origin: Origin.EDIT, at: now, account: viewer.accountId };
    await createRecords(tx, PARTNER_RECORD, [{ id, network: network.id, document: { ...wanted, status } }], by);
    if (atOnce) return id;
    await checkNotTooMany(tx, viewer.accountId, RecordName.PARTNER);
    const proposal = {
      kind: ProposalKind.NEW_PARTNER,
      network: network.id,
      partner: id,
      recordKind: RecordName.PARTNER,
      record: id,
      changes: changesBetween(PARTNER_RECORD, completed(PARTNER_RECORD, {}), wanted),
      proposedAs: standingOf(viewer, { partner: id, network: network.id }),
      proposedBy: viewer.accountId,
      reason: reason?.trim() || null,
    };
    await storeProposals(tx, [proposal], now);
    return id;
  });
}

/**
 * DUPLICATE where a partner of the network is called the same, but for case and umlauts: a published one, or one that waits
 * and that the viewer keeps, or registered herself. Of others that wait nobody is to learn so.
 */
async function refuseSameName(tx: EntityManager, viewer: Viewer, network: string, name: unknown): Promise<void> {
  const rows = await rowsOf(
    tx,
    sql`select from partner p where p.network_id = ${network} and fold_german(p.name) = fold_german(${name}::text)
          and (p.status = ${PartnerStatus.ACTIVE} or p.status = ${PartnerStatus.PENDING} and (${isKeptBy(viewer, 'p')}
            or exists (select from proposal t where t.record_id = p.id and ${isProposalOf(viewer)}))) limit 1`,
  );
  if (rows.length === 0) return;
  throw new Refusal(UserErrorCode.DUPLICATE, 'In diesem Netzwerk gibt es schon einen Partner dieses Namens.', [
    'input',
    'name',
  ]);
}
