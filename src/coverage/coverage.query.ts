import { subtrees } from '../category/category.query.js';
import { knownShare } from '../demand-share/demand-share.query.js';
import { knownArea } from '../geography/geography.query.js';
import { knownNetworks } from '../network/network.query.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { gapsOf } from './coverage.rules.js';
import { type Coverage, type CoverageInput, type CoverageRow, DEFAULT_CATCHMENT_KM } from './coverage.types.js';
import { CoverageDecay } from './coverage-decay.rules.js';
import { type CoverageQuestion, figuresFromDatabase } from './coverage-figures.query.js';

const WIDEST_CATCHMENT_KM = 1000;
/** One metre: of less the square is none any more. */
const NARROWEST_CATCHMENT_KM = 0.001;

/** How a category covers municipalities, or BAD_USER_INPUT for what does not exist. */
export async function coverageOf(ctx: Context, input: CoverageInput): Promise<Coverage> {
  const { known, gini, rows } = await figuresFromDatabase(ctx.em, ctx.viewer, questionOf(input));
  if (!known || rows.length === 0) await refuseUnknown(ctx, input);
  const told = rows.map(({ key: _, ...row }): CoverageRow => row);
  return { rows: told, gaps: gapsOf(told), gini };
}

/** What an input asks, with its defaults. @throws PublicError BAD_USER_INPUT for a catchment that is none */
export function questionOf({
  category,
  networks,
  area,
  demandShare,
  decay,
  ...input
}: CoverageInput): CoverageQuestion {
  const catchmentKm = input.catchmentKm ?? DEFAULT_CATCHMENT_KM;
  if (!(catchmentKm >= NARROWEST_CATCHMENT_KM && catchmentKm <= WIDEST_CATCHMENT_KM))
    throw badInput('input.catchmentKm', `From ${NARROWEST_CATCHMENT_KM} to ${WIDEST_CATCHMENT_KM} km.`);
  return {
    category,
    networks: networks?.length ? networks : null,
    area: area ?? null,
    share: demandShare ?? null,
    decay: { kind: decay ?? CoverageDecay.GAUSSIAN, catchmentKm },
  };
}

/** The first thing in the question that is not known, as BAD_USER_INPUT; asked only where the figures found none. */
async function refuseUnknown(ctx: Context, { category, networks, area, demandShare }: CoverageInput): Promise<void> {
  await subtrees(ctx, [category], 'input.category');
  if (networks?.length) await knownNetworks(ctx.em, networks, 'input.networks');
  if (area != null) await knownArea(ctx.em, area, 'input.area');
  if (demandShare != null) await knownShare(ctx, demandShare, 'input.demandShare');
}
