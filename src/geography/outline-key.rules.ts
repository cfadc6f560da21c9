import { municipalityKeyOf, readKey } from './geo-values.rules.js';

/** Names under which official outlines carry their key (BKG, IT.NRW, OpenStreetMap), in the order of trust. */
const KEY_NAMES = [
  'ags',
  'ags_0',
  'gemeindeschluessel',
  'ars',
  'rs',
  'ars_0',
  'kreis_ags',
  'krs',
  'key',
  'schluessel',
  'de:amtlicher_gemeindeschluessel',
  'de:regionalschluessel',
];

/**
 * The key of the municipality or district that a feature outlines: by its properties, whatever their case, else by its
 * id; null where none of them is a key. Of 12 digits it is an ARS, of 7 or 8 an AGS, of 4 or 5 a district.
 */
export function outlineKeyOf(properties: Readonly<Record<string, unknown>>, id: unknown): string | null {
  const byName = new Map(Object.entries(properties).map(([name, value]) => [name.toLowerCase(), value]));
  for (const value of [...KEY_NAMES.map(name => byName.get(name)), id]) {
    const key = typeof value === 'string' || typeof value === 'number' ? areaKeyOf(String(value)) : null;
    if (key) return key;
  }
  return null;
}

function areaKeyOf(text: string): string | null {
  const digits = text.trim().length;
  if (digits >= 11) {
    const regional = readKey(text, 12)?.key;
    return regional ? municipalityKeyOf(regional) : null;
  }
  return (digits >= 7 ? readKey(text, 8) : readKey(text, 5))?.key ?? null;
}
