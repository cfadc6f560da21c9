/** How the worth of a place falls with the way to it. */
export enum CoverageDecay {
  GAUSSIAN = 'GAUSSIAN',
  BINARY = 'BINARY',
  ZONES = 'ZONES',
}

/** Up to this share of the catchment the weight holds. */
export interface Zone {
  upTo: number;
  weight: number;
}

export interface Decay {
  kind: CoverageDecay;
  /** d0: beyond this distance a place is out of reach. May be infinite if `sigmaKm` is given. */
  catchmentKm: number;
  /** σ of the Gaussian; half of the catchment when left out. */
  sigmaKm?: number;
  /** Of ascending `upTo`, the last one 1. */
  zones?: readonly Zone[];
}

/** Three rings of the same width. Source: the weights of Luo and Qi (2009), who introduced E2SFCA. */
export const DEFAULT_ZONES: readonly Zone[] = [
  { upTo: 1 / 3, weight: 1 },
  { upTo: 2 / 3, weight: 0.68 },
  { upTo: 1, weight: 0.22 },
];

/** A millimetre, so that the last bit of a distance does not decide who is within reach. */
export const REACH_TOLERANCE_KM = 1e-6;

export const sigmaOf = ({ sigmaKm, catchmentKm }: Decay): number => sigmaKm ?? catchmentKm / 2;

/**
 * W(d) from 0 to 1, and 0 beyond the catchment. Gaussian: exp(−½(d/σ)²). Source: domain guide, "Coverage: the
 * formulas".
 */
export function weightAt(distanceKm: number, decay: Decay): number {
  if (!isWithin(distanceKm, decay.catchmentKm)) return 0;
  if (decay.kind === CoverageDecay.BINARY) return 1;
  if (decay.kind === CoverageDecay.GAUSSIAN) return Math.exp(-0.5 * (distanceKm / sigmaOf(decay)) ** 2);
  const zones = decay.zones ?? DEFAULT_ZONES;
  return zones.find(zone => isWithin(distanceKm, zone.upTo * decay.catchmentKm))?.weight ?? 0;
}

/** Within reach: d ≤ d0. */
export const isWithin = (distanceKm: number, limitKm: number): boolean => distanceKm <= limitKm + REACH_TOLERANCE_KM;
