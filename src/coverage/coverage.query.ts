import { subtrees } from '../category/category.query.js';
import { knownShare } from '../demand-share/demand-share.query.js';
import { knownArea } from '../geography/geography.query.js';
import { knownNetworks } from '../network/network.query.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { assess, gapsOf } from './coverage.rules.js';
import { type Coverage, type CoverageInput, type CoverageRow, DEFAULT_CATCHMENT_KM } from './coverage.types.js';
import { CoverageDecay } from './coverage-decay.rules.js';
import { figuresFromDatabase } from './coverage-figures.query.js';

const WIDEST_CATCHMENT_KM = 1000;
/** One metre: of less the square is none any more. */
const NARROWEST_CATCHMENT_KM = 0.001;

/** How a category covers municipalities, or BAD_USER_INPUT for what does not exist. */
export async function coverageOf(ctx: Context, input: CoverageInput): Promise<Coverage> {
  const { em, viewer } = ctx;
  const catchmentKm = input.catchmentKm ?? DEFAULT_CATCHMENT_KM;
  if (!(catchmentKm >= NARROWEST_CATCHMENT_KM && catchmentKm <= WIDEST_CATCHMENT_KM))
    throw badInput('input.catchmentKm', `From ${NARROWEST_CATCHMENT_KM} to ${WIDEST_CATCHMENT_KM} km.`);
  await subtrees(ctx, [input.category], 'input.category');
  const networks = input.networks?.length ? await knownNetworks(em, input.networks, 'input.networks') : null;
  if (input.area != null) await knownArea(em, input.area, 'input.area');
  const share = input.demandShare == null ? null : await knownShare(ctx, input.demandShare, 'input.demandShare');
  const figures = await figuresFromDatabase(em, viewer, {
    category: input.category,
    networks: networks?.map(({ id }) => id) ?? null,
    area: input.area ?? null,
    share: share?.share ?? null,
    decay: { kind: input.decay ?? CoverageDecay.GAUSSIAN, catchmentKm },
  });
  const municipalities = new Map(figures.map(({ key, municipality }) => [key, municipality]));
  const assessed = assess(figures);
  const rows = assessed.rows.map(
    ({ key, ...row }): CoverageRow => ({ ...row, municipality: municipalities.get(key)! }),
  );
  return { rows, gaps: gapsOf(rows), gini: assessed.gini };
}
