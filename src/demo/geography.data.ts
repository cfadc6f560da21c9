/** A municipality (Gemeinde) of the demo world. These are facts; everything else in src/demo is invented. */
export interface DemoMunicipality {
  /** Amtlicher Gemeindeschlüssel, 8 digits; the first 5 are its district. */
  readonly key: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly population: number;
  /** People who receive SGB II benefits, all ages. */
  readonly recipients: number;
  readonly postalCodes: readonly string[];
}

/** A network with the district whose municipalities are its own. */
export interface DemoNetwork {
  readonly slug: string;
  readonly name: string;
  readonly district: string;
}

export const NETWORKS: readonly DemoNetwork[] = [
  { slug: 'aachen', name: 'Netzwerk Miteinander Arbeiten StädteRegion Aachen', district: '05334' },
  { slug: 'wuppertal', name: 'Netzwerk Teilhabe und Arbeit Wuppertal', district: '05124' },
  { slug: 'unna', name: 'Netzwerk Inklusion Kreis Unna', district: '05978' },
  { slug: 'bochum', name: 'Netzwerk Gesundheit und Arbeit Bochum', district: '05911' },
  { slug: 'dortmund', name: 'Netzwerk Beschäftigung Dortmund', district: '05913' },
];

/** Kreise and kreisfreie Städte by their key. */
export const DISTRICTS: Readonly<Record<string, string>> = {
  '05124': 'Wuppertal',
  '05334': 'StädteRegion Aachen',
  '05911': 'Bochum',
  '05913': 'Dortmund',
  '05978': 'Kreis Unna',
};

const numbered = (from: number, to: number, step = 1): string[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => String(from + index * step));

/**
 * Keys, names, population and recipients of 2024: IT.NRW, Düsseldorf, data licence
 * Germany dl-de/by-2-0. Centres: Destatis (Gemeindeverzeichnis 2018), dl-de/by-2-0. Postal codes: general knowledge.
 */
export const MUNICIPALITIES: readonly DemoMunicipality[] = [
  municipality('05124000', 'Wuppertal', 51.271288, 7.195874, 358_193, 45_419, [
    ...numbered(42103, 42119, 2),
    ...numbered(42275, 42289, 2),
    ...['42327', '42329', '42349', '42369', '42389', '42399'],
  ]),
  municipality('05334002', 'Aachen', 50.773516, 6.0848, 262_670, 21_917, numbered(52062, 52080, 2)),
  municipality('05334004', 'Alsdorf', 50.874052, 6.161607, 48_810, 4_557, ['52477']),
  municipality('05334008', 'Baesweiler', 50.906664, 6.181166, 29_206, 2_221, ['52499']),
  municipality('05334012', 'Eschweiler', 50.817431, 6.266781, 57_534, 5_151, ['52249']),
  municipality('05334016', 'Herzogenrath', 50.865711, 6.089184, 48_574, 2_847, ['52134']),
  municipality('05334020', 'Monschau', 50.555279, 6.239288, 12_389, 500, ['52156']),
  municipality('05334024', 'Roetgen', 50.648577, 6.196427, 8_786, 288, ['52159']),
  municipality('05334028', 'Simmerath', 50.606333, 6.30057, 16_612, 687, ['52152']),
  municipality('05334032', 'Stolberg (Rhld.)', 50.771724, 6.227418, 57_684, 5_693, ['52222', '52223', '52224']),
  municipality('05334036', 'Würselen', 50.821466, 6.13022, 40_145, 2_527, ['52146']),
  municipality('05911000', 'Bochum', 51.482699, 7.217177, 358_676, 39_131, [
    ...numbered(44787, 44809, 2),
    ...['44866', '44867', '44869', '44879', '44892', '44894'],
  ]),
  municipality('05913000', 'Dortmund', 51.514171, 7.464165, 603_462, 88_984, [
    ...numbered(44135, 44149, 2),
    ...['44225', '44227', '44229', '44263', '44265', '44267', '44269', '44287', '44289'],
    ...['44309', '44319', '44328', '44329', '44339', '44357', '44359', '44369', '44379', '44388'],
  ]),
  municipality('05978004', 'Bergkamen', 51.615888, 7.643344, 49_143, 4_912, ['59192']),
  municipality('05978008', 'Bönen', 51.597952, 7.763346, 17_734, 1_542, ['59199']),
  municipality('05978012', 'Fröndenberg / Ruhr', 51.473212, 7.767252, 20_504, 935, ['58730']),
  municipality('05978016', 'Holzwickede', 51.502798, 7.617843, 17_596, 885, ['59439']),
  municipality('05978020', 'Kamen', 51.592335, 7.662404, 42_319, 3_316, ['59174']),
  municipality('05978024', 'Lünen', 51.614327, 7.523533, 86_163, 10_187, ['44532', '44534', '44536']),
  municipality('05978028', 'Schwerte', 51.441141, 7.568982, 45_821, 3_331, ['58239']),
  municipality('05978032', 'Selm', 51.70035, 7.468573, 25_969, 1_879, ['59379']),
  municipality('05978036', 'Unna', 51.534878, 7.689932, 58_333, 3_718, ['59423', '59425', '59427']),
  municipality('05978040', 'Werne', 51.663179, 7.635119, 30_202, 1_424, ['59368']),
];

function municipality(
  key: string,
  name: string,
  latitude: number,
  longitude: number,
  population: number,
  recipients: number,
  postalCodes: readonly string[],
): DemoMunicipality {
  return { key, name, latitude, longitude, population, recipients, postalCodes };
}
