import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';

/** A small generator of its own (mulberry32): the same world for the same seed, on every machine. */
function randomOf(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
    chance: (p: number) => next() < p,
  };
}

type Random = ReturnType<typeof randomOf>;

const UMBRELLAS = [
  'Arbeiterwohlfahrt',
  'Caritasverband',
  'Diakonisches Werk',
  'Deutsches Rotes Kreuz',
  'Internationaler Bund',
  'Lebenshilfe',
];
const TOPICS = [
  'Schuldnerberatung',
  'Suchtberatung',
  'Migrationsberatung',
  'Jugendhilfe',
  'Frauenberatungsstelle',
  'Sozialberatung',
  'Familienzentrum',
  'Berufskolleg',
  'Sprachschule',
  'Tafel',
  'Kinderbetreuung',
  'Werkstatt',
  'Integrationsfachdienst',
  'Jobcoaching',
  'Wohnungslosenhilfe',
];
const LEGAL = ['e. V.', 'gGmbH', 'GmbH', 'e.V.', 'gemeinnützige GmbH', ''];
const FIRST = [
  'Brücke',
  'Anker',
  'Linden',
  'Regenbogen',
  'Horizont',
  'Quelle',
  'Sonnen',
  'Mühlen',
  'Wege',
  'Zukunft',
  'Kompass',
  'Hafen',
  'Leuchtturm',
  'Birken',
  'Eichen',
  'Neuland',
  'Aufwind',
  'Spur',
  'Perspektive',
  'Balance',
];
const SECOND = [
  'haus',
  'hof',
  'werk',
  'zentrum',
  'forum',
  'bildung',
  'pflege',
  'bau',
  'technik',
  'logistik',
  'service',
  'garten',
  'schule',
  'mobil',
  'netz',
  'kreis',
  'land',
  'stift',
  'treff',
  'punkt',
];
const SURNAMES = [
  'Schmitz',
  'Müller',
  'Jansen',
  'Kaya',
  'Becker',
  'Öztürk',
  'Hoffmann',
  'Krüger',
  'Weiß',
  'Peters',
  'Yılmaz',
  'Schäfer',
  'Bremer',
  'Vogt',
  'Nowak',
  'Kaiser',
  'Lenz',
  'Busch',
  'Thelen',
  'Kowalski',
];
const TRADES = [
  'Elektro',
  'Bäckerei',
  'Gartenbau',
  'Spedition',
  'Pflegedienst',
  'Malerbetrieb',
  'Metallbau',
  'Gebäudereinigung',
  'Tischlerei',
  'Dachdecker',
];
const STREETS = [
  'Hauptstraße',
  'Bahnhofstraße',
  'Schulstraße',
  'Lindenallee',
  'Gartenweg',
  'Am Markt',
  'Kirchplatz',
  'Mühlenstraße',
  'Rosenweg',
  'Industriestraße',
  'Bergstraße',
  'Dorfstraße',
];

interface Made {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  website: string | null;
  street: string;
  postalCode: string;
  municipality: string;
  city: string;
  latitude: number;
  longitude: number;
}

export interface Town {
  key: string;
  name: string;
  latitude: number;
  longitude: number;
}

/** Partners as a directory has them, branches of umbrellas, neighbours and namesakes among them, and duplicates of some. */
export function twinsWorld(count: number, duplicates: number, towns: readonly Town[], seed = 7) {
  const random = randomOf(seed);
  // Organisations that are different ones: what they are called, legal forms apart, is there once.
  const taken = new Set<string>();
  const partners = Array.from({ length: count }, (_, i) => {
    for (;;) {
      const made = original(random, random.pick(towns), i);
      // The longest first: "gemeinnützige GmbH" would leave a word behind.
      const called = [...LEGAL]
        .filter(Boolean)
        .sort((a, b) => b.length - a.length)
        .reduce((name, form) => name.replace(form, ''), made.name)
        .replace(/(Kreis|Stadt)verband /, '')
        .trim();
      if (taken.has(`${called} ${made.city}`)) continue;
      taken.add(`${called} ${made.city}`);
      return made;
    }
  });
  const pairs: [string, string][] = [];
  const step = Math.floor(count / duplicates);
  for (let i = 0; i < duplicates; i++) {
    const one = partners[i * step]!;
    const other = distorted(random, one, towns);
    partners.push(other);
    pairs.push([one.id, other.id]);
  }
  return { partners, pairs };
}

function original(random: Random, town: Town, i: number): Made {
  const slug = (text: string) => text.toLowerCase().replace(/[^a-z]+/g, '');
  const kind = random.next();
  const legal = random.pick(LEGAL);
  const umbrella = random.pick(UMBRELLAS);
  const name =
    kind < 0.25
      ? `${umbrella} ${random.pick(['Kreisverband ', '', 'Stadtverband '])}${town.name} ${random.pick(TOPICS)} ${legal}`
      : kind < 0.65
        ? `${random.pick(FIRST)}${random.pick(SECOND)} ${random.pick([town.name, '', random.pick(SURNAMES)])} ${legal}`
        : `${random.pick(TRADES)} ${random.pick(SURNAMES)}${random.chance(0.3) ? ` & ${random.pick(SURNAMES)}` : ''} ${legal}`;
  const area = String(200 + (Number(town.key) % 700));
  // Branches of one umbrella in one town share switchboard and website.
  const branch = kind < 0.25 && random.chance(0.5);
  const number = branch ? `${4000 + UMBRELLAS.indexOf(umbrella)}00` : String(100_000 + random.below(899_999));
  const host = kind < 0.25 ? `${slug(umbrella)}-${slug(town.name)}.example` : `${slug(name)}${i}.example`;
  return {
    id: randomUUID(),
    name: name.replace(/\s+/g, ' ').trim(),
    phone: random.chance(0.85) ? `0${area} ${number}` : null,
    email: random.chance(0.7) ? (random.chance(0.2) ? `kontakt${i}@gmx.de` : `info@${host}`) : null,
    website: random.chance(0.6) ? `https://www.${host}/` : null,
    street: branch
      ? `Kirchplatz ${1 + UMBRELLAS.indexOf(umbrella)}`
      : `${random.pick(STREETS)} ${1 + random.below(120)}`,
    postalCode: String(44_000 + (Number(town.key) % 9_000)),
    municipality: town.key,
    city: town.name,
    latitude: town.latitude + (random.next() - 0.5) * 0.08,
    longitude: town.longitude + (random.next() - 0.5) * 0.1,
  };
}

/** The same organisation, entered by somebody else: two to four things are otherwise. */
function distorted(random: Random, one: Made, towns: readonly Town[]): Made {
  const twin: Made = { ...one, id: randomUUID() };
  const changes = [typo, abbreviation, otherLegalForm, moved, phoneFormat, noPhone, noWeb, umlauts, streetForm];
  const some = [...changes].sort(() => random.next() - 0.5).slice(0, 2 + random.below(3));
  for (const change of some) change(random, twin, towns);
  return twin;
}

type Distortion = (random: Random, twin: Made, towns: readonly Town[]) => void;

const typo: Distortion = (random, twin) => {
  const at = 1 + random.below(Math.max(1, twin.name.split(' ')[0]!.length - 2));
  const { name } = twin;
  twin.name = random.pick([
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + name[at]! + name.slice(at),
    name.slice(0, at) + name[at + 1]! + name[at]! + name.slice(at + 2),
  ]);
};
const SHORT: readonly [RegExp, string][] = [
  [/Arbeiterwohlfahrt/, 'AWO'],
  [/Deutsches Rotes Kreuz/, 'DRK'],
  [/Internationaler Bund/, 'IB'],
  [/Kreisverband/, 'KV'],
];
const abbreviation: Distortion = (_, twin) => {
  for (const [long, short] of SHORT) twin.name = twin.name.replace(long, short);
};
const otherLegalForm: Distortion = (random, twin) => {
  for (const form of LEGAL.filter(Boolean))
    if (twin.name.endsWith(form)) twin.name = twin.name.slice(0, -form.length).trim();
  twin.name = `${twin.name} ${random.pick(LEGAL)}`.trim();
};
const moved: Distortion = (random, twin) => {
  twin.street = `${random.pick(STREETS)} ${1 + random.below(120)}`;
  twin.latitude += 0.02;
};
const phoneFormat: Distortion = (random, twin) => {
  twin.phone =
    twin.phone &&
    random.pick([
      twin.phone.replace(/^0/, '+49 '),
      twin.phone.replace(/^0/, '0049 (0)').replace(/(\d{3})$/, '-$1'),
      twin.phone.replace(' ', ' / '),
    ]);
};
const noPhone: Distortion = (_, twin) => {
  twin.phone = null;
};
const noWeb: Distortion = (_, twin) => {
  twin.website = null;
  twin.email = null;
};
const umlauts: Distortion = (_, twin) => {
  twin.name = twin.name.replace(/ü/g, 'ue').replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ß/g, 'ss');
};
const streetForm: Distortion = (_, twin) => {
  twin.street = twin.street.replace(/straße/, 'str.');
};

/** Stores them, in two statements. */
export async function storeTwins(em: EntityManager, network: string, partners: readonly Made[]): Promise<void> {
  const json = JSON.stringify(partners);
  await em.execute(
    `insert into partner (id, network_id, name, kinds, phone, email, website)
     select id, ?, name, '{EMPLOYER}', phone, email, website from jsonb_to_recordset(?::jsonb)
       as p (id uuid, name text, phone text, email text, website text)`,
    [network, json],
  );
  await em.execute(
    `insert into location (partner_id, street, postal_code, city, municipality_key, latitude, longitude)
     select id, street, "postalCode", city, municipality, latitude, longitude from jsonb_to_recordset(?::jsonb)
       as p (id uuid, street text, "postalCode" text, city text, municipality text, latitude float8, longitude float8)`,
    [json],
  );
}
