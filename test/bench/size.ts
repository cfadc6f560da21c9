/** How much is generated. All figures are of the whole database. */
export interface Size {
  readonly name: string;
  /** One a district. */
  readonly networks: number;
  readonly municipalities: number;
  /** A multiple of four, for the average of `SERVICES_OF` to hold. */
  readonly partnersPerNetwork: number;
}

export type SizeName = 'S' | 'L' | 'XL';

/** S is a state's worth of districts, XL all of Germany: 400 districts and 10,786 municipalities. */
export const SIZES: Readonly<Record<SizeName, Size>> = {
  S: { name: 'S', networks: 50, municipalities: 400, partnersPerNetwork: 40 },
  L: { name: 'L', networks: 250, municipalities: 4_000, partnersPerNetwork: 200 },
  XL: { name: 'XL', networks: 400, municipalities: 10_786, partnersPerNetwork: 500 },
};

/** Services of four partners that follow each other: five a partner. */
export const SERVICES_OF = [2, 3, 5, 10] as const;
export const SERVICES_PER_PARTNER = 5;

export const REFERRALS_PER_SERVICE = 5;

/** Referrals of four cases that follow each other: four a case. */
export const REFERRALS_OF = [4, 2, 3, 7] as const;
export const REFERRALS_PER_CASE = 4;

/** A caseworker's caseload is the same everywhere: her page does not grow with the country. */
export const CASES_PER_CASEWORKER = 80;

/** Editors of each network, of the partners with ten services. */
export const EDITORS_PER_NETWORK = 4;

export const servicesOf = ({ networks, partnersPerNetwork }: Size): number =>
  networks * partnersPerNetwork * SERVICES_PER_PARTNER;

export const referralsOf = (size: Size): number => servicesOf(size) * REFERRALS_PER_SERVICE;

export const casesPerNetwork = ({ partnersPerNetwork }: Size): number =>
  (partnersPerNetwork * SERVICES_PER_PARTNER * REFERRALS_PER_SERVICE) / REFERRALS_PER_CASE;

export const caseworkersPerNetwork = (size: Size): number =>
  Math.max(1, Math.round(casesPerNetwork(size) / CASES_PER_CASEWORKER));

/** @throws Error for any other name */
export function sizeNamed(name: string): Size {
  const size = Object.values(SIZES).find(one => one.name === name);
  if (!size) throw new Error(`There is no size ${name}: ${Object.keys(SIZES).join(', ')}.`);
  return size;
}
