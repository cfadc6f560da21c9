import { type DemoMunicipality, type DemoNetwork, MUNICIPALITIES } from './geography.data.js';
import { demoId } from './random.js';

export const networkId = (slug: string): string => demoId(`network/${slug}`);

/** The municipalities of a network's district. */
export const municipalitiesOf = ({ district }: DemoNetwork): DemoMunicipality[] =>
  MUNICIPALITIES.filter(({ key }) => key.startsWith(district));

/** As people write it in an address. */
export const townName = (name: string): string => name.replace(/ \(Rhld\.\)$/, '').replace(' / ', '/');
