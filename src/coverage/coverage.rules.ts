import { areaHolds, haversineKm, type Point } from '../shared/geo.rules.js';
import { accessibilityOf } from './coverage-access.rules.js';
import { type Decay, isWithin, weightAt } from './coverage-decay.rules.js';
import { gini, weightedMean } from './coverage-equity.rules.js';

export enum CoverageStatus {
  COVERED = 'COVERED',
  STRAINED = 'STRAINED',
  GAP = 'GAP',
}

/** Where people live who may need a place. */
export interface DemandPlace {
  key: string;
  centre: Point;
  /** People; null where the number is not known. */
  demand: number | null;
}

/** An active service of the category. */
export interface Supply {
  /** Null: places are not counted, or were never reported. */
  places: number | null;
  /** As the viewer may see them. */
  freePlaces: number | null;
  /** Online or outreach: the way counts nothing. */
  comesAlong: boolean;
  sites: readonly Point[];
  /** Keys of municipalities, districts and states. */
  areaKeys: readonly string[];
}

/** What is known of one municipality before it is compared with the others. */
export interface CoverageFigures {
  key: string;
  demand: number | null;
  /** Services whose area holds the municipality, however far; and their places. */
  services: number;
  places: number;
  freePlaces: number;
  /** To the nearest of those services; null without any whose way is known. */
  nearestKm: number | null;
  /** Has a service within reach any place at all, taken or not? */
  placeInReach: boolean;
  /** Reachable places per head of demand (E2SFCA). */
  accessibility: number;
}

export interface CoverageRowFigures extends Omit<CoverageFigures, 'placeInReach'> {
  /** Places of those services per 1,000 of demand; null without demand. */
  placesPer1000: number | null;
  status: CoverageStatus;
}

/** Below this share of the demand-weighted mean a municipality is STRAINED. */
export const STRAINED_BELOW = 0.5;

/** What `coverage.query.ts` asks of the database, in plain words: one loop, no index, no rounding. */
export function figuresOf(
  municipalities: readonly DemandPlace[],
  services: readonly Supply[],
  decay: Decay,
): CoverageFigures[] {
  if (!(decay.catchmentKm > 0)) throw new RangeError(`Not a catchment: ${decay.catchmentKm} km`);
  const near = municipalities.map(({ key, centre }) =>
    services.map(service => ({
      inArea: areaHolds(service.areaKeys, key),
      distanceKm: distanceTo(service, centre),
      ...service,
    })),
  );
  const pairs = near.flatMap((row, municipality) =>
    row.flatMap(({ inArea, distanceKm }, service) =>
      inArea && distanceKm !== null && isWithin(distanceKm, decay.catchmentKm)
        ? [{ municipality, service, weight: weightAt(distanceKm, decay) }]
        : [],
    ),
  );
  const accessibility = accessibilityOf(
    municipalities.map(({ demand }) => demand),
    services.map(({ places }) => places),
    pairs,
  );
  return municipalities.map(({ key, demand }, index) => {
    const here = near[index]!.filter(({ inArea }) => inArea);
    const distances = here.flatMap(({ distanceKm }) => (distanceKm === null ? [] : [distanceKm]));
    return {
      key,
      demand,
      services: here.length,
      places: here.reduce((sum, { places }) => sum + (places ?? 0), 0),
      freePlaces: here.reduce((sum, { freePlaces }) => sum + (freePlaces ?? 0), 0),
      nearestKm: distances.length > 0 ? Math.min(...distances) : null,
      placeInReach: pairs.some(pair => pair.municipality === index && (services[pair.service]!.places ?? 0) > 0),
      accessibility: accessibility[index]!,
    };
  });
}

function distanceTo({ comesAlong, sites }: Supply, centre: Point): number | null {
  if (comesAlong) return 0;
  return sites.length > 0 ? Math.min(...sites.map(site => haversineKm(centre, site))) : null;
}

/** Compares the municipalities with one another: status of each, and how evenly the places can be reached. */
export function assess(
  figures: readonly CoverageFigures[],
  strainedBelow = STRAINED_BELOW,
): { rows: CoverageRowFigures[]; gini: number | null } {
  const people = figures.map(({ accessibility, demand }) => ({ value: accessibility, weight: demand ?? 0 }));
  const threshold = strainedBelow * (weightedMean(people) ?? 0);
  const rows = figures.map(({ placeInReach, ...row }) => ({
    ...row,
    placesPer1000: row.demand ? (1000 * row.places) / row.demand : null,
    status: statusOf(placeInReach, row.accessibility, threshold),
  }));
  return { rows, gini: gini(people) };
}

function statusOf(placeInReach: boolean, accessibility: number, threshold: number): CoverageStatus {
  if (!placeInReach) return CoverageStatus.GAP;
  return accessibility < threshold ? CoverageStatus.STRAINED : CoverageStatus.COVERED;
}

/** The rows that are gaps, most demand first; unknown demand last. */
export const gapsOf = <Row extends { status: CoverageStatus; demand: number | null }>(rows: readonly Row[]): Row[] =>
  rows.filter(({ status }) => status === CoverageStatus.GAP).sort((a, b) => (b.demand ?? -1) - (a.demand ?? -1));
