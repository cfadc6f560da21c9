import { demoId } from '../random.js';
import { AACHEN } from './aachen.data.js';
import { BOCHUM } from './bochum.data.js';
import { DORTMUND } from './dortmund.data.js';
import type { PartnerSpec } from './partner-spec.js';
import { OF_PERSONAS } from './personas.data.js';
import { UNNA } from './unna.data.js';
import { WUPPERTAL } from './wuppertal.data.js';

/** Every invented organisation by the slug of the network that keeps its record. */
export const PARTNERS: Readonly<Record<string, readonly PartnerSpec[]>> = {
  aachen: [OF_PERSONAS.aachen, ...AACHEN],
  wuppertal: [OF_PERSONAS.wuppertal, ...WUPPERTAL],
  unna: UNNA,
  bochum: BOCHUM,
  dortmund: DORTMUND,
};

const personaKeys: ReadonlySet<string> = new Set(Object.values(OF_PERSONAS).map(({ key }) => key));

/** Is a persona its editor? */
export const isOfPersona = ({ key }: PartnerSpec): boolean => personaKeys.has(key);

export const partnerId = (key: string): string => demoId(`partner/${key}`);
