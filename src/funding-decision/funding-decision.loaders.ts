import type { EntityManager } from '@mikro-orm/postgresql';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { manyPerId } from '../shared/per-id.loaders.js';
import { sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { type CaseFunding, fundingOf } from './case-funding.query.js';
import { decisionVisibleTo, ofCaseOf } from './funding-decision.access.js';
import { byDecision, decisionsInUse, decisionsWhere } from './funding-decision.query.js';

/** The decisions of cases that the viewer works on, the newest first. */
export const decisionsOfCase = (em: EntityManager, viewer: Viewer) =>
  manyPerId(
    ids => decisionsWhere(em, sql`t.client_case_id = any(${ids}::uuid[]) and ${ofCaseOf(viewer)}`),
    decision => decision.clientCase.id,
  );

/** The decisions of referrals that were shown, as far as the viewer may see them; the newest first. */
export const decisionsOfReferral = (em: EntityManager, viewer: Viewer) =>
  manyPerId(
    ids => decisionsWhere(em, sql`t.referral_id = any(${ids}::uuid[]) and ${decisionVisibleTo(viewer)}`),
    decision => decision.referral!.id,
  );

/** Those of a case that was shown that count as used. */
export const decisionsInUseOfCase = (em: EntityManager) =>
  manyPerId(
    ids => decisionsInUse(em, ids),
    one => one.clientCase,
  );

/** What was decided for a case with what its rules look at, put together once; null for whoever does not work on it. */
export function fundingOfCase(): (ctx: Context, clientCase: string) => Promise<CaseFunding | null> {
  const known = new Map<string, Promise<CaseFunding | null>>();
  return (ctx, clientCase) => {
    const found = known.get(clientCase) ?? readFunding(ctx, clientCase);
    known.set(clientCase, found);
    return found;
  };
}

async function readFunding({ loaders, now }: Context, id: string): Promise<CaseFunding | null> {
  const clientCase = await loaders.ownCase.load(id);
  if (!clientCase) return null;
  const [catalogue, health, all, inUse] = await Promise.all([
    loaders.instruments(),
    loaders.healthOfCase.load(id),
    loaders.decisionsOfCase.load(id),
    loaders.decisionsInUseOfCase.load(id),
  ]);
  const { birthYear, municipality } = clientCase;
  const client = { birthYear, needs: health?.needs ?? [], municipality: municipality.key };
  return fundingOf(catalogue, client, all, byDecision(inUse), berlinDay(now));
}
