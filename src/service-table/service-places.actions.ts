import type { EntityManager } from '@mikro-orm/postgresql';
import { storeReports } from '../service/capacity-report.actions.js';
import { capacityFaults } from '../service/capacity-report.rules.js';
import type { Context } from '../shared/context.js';
import { userErrorsOf } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { editedPartners, type Viewer } from '../viewer/viewer.rules.js';
import { checkNamed, kept, type RowResult, refuseFaulty } from './row-results.actions.js';
import type { ServiceCapacityReportInput } from './service-table.inputs.js';
import { RowOutcome } from './service-table.rules.js';

/**
 * Stores what a partner reports of the places of many services, each as by `reportCapacity`, with a result for each; one
 * transaction, and a bounded number of statements, however many.
 */
export function reportCapacities(ctx: Context, reports: readonly ServiceCapacityReportInput[]): Promise<RowResult[]> {
  return kept(ctx, async tx => {
    const ids = reports.flatMap(({ id }) => (isId(id) ? [id.toLowerCase()] : []));
    const ours = await editedAmong(tx, ctx.viewer, ids);
    const results = reports.map(({ id, input }, row): RowResult => {
      const key = id.toLowerCase();
      const told = ours.has(key) ? key : null;
      try {
        checkNamed(key, told !== null, ids);
        refuseFaulty(capacityFaults(input));
        return { row, outcome: RowOutcome.CHANGED, id: told, ...UNTOLD, userErrors: [] };
      } catch (error) {
        return { row, outcome: RowOutcome.REFUSED, id: told, ...UNTOLD, userErrors: userErrorsOf(error) };
      }
    });
    const sound = results.flatMap(({ row, outcome, id }) =>
      outcome === RowOutcome.CHANGED ? [{ service: id!, report: reports[row]!.input }] : [],
    );
    await storeReports(tx, sound, ctx.now);
    return results;
  });
}

/** The places of the service stand in the answer: no table is compared. */
const UNTOLD = { name: null, changes: {} };

/** Which of the services belong to a partner that the viewer edits. */
async function editedAmong(tx: EntityManager, viewer: Viewer, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`select id from service where id = any(${ids}::uuid[]) and partner_id = any(${editedPartners(viewer)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
}
