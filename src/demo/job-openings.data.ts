/** A vacancy as an employer of the demo world might word it. All of it is invented. */
export interface OpeningSpec {
  readonly title: string;
  readonly occupation: string;
  readonly description: string;
  readonly hours: readonly [from: number, to: number];
  /** Gross cents an hour. */
  readonly pay: readonly [from: number, to: number];
  readonly agreement?: string;
  readonly requirements?: string;
  readonly languages: readonly string[];
  readonly needs: readonly string[];
  /** Years; permanent when left out. */
  readonly fixedTerm?: number;
}

/** By the key of the partner. */
export const JOB_OPENINGS: Readonly<Record<string, readonly OpeningSpec[]>> = {
  'vierlinden-logistik': [
    {
      title: 'Helfer im Lager (m/w/d)',
      occupation: '51311',
      description: 'Ware annehmen, einlagern und für den Versand packen. Früh- und Spätschicht im Wechsel.',
      hours: [30, 38],
      pay: [1480, 1560],
      requirements: 'Sicherheitsschuhe und Einweisung am Scanner gibt es von uns. Deutsch reicht für kurze Absprachen.',
      languages: ['de', 'pl', 'ru'],
      needs: ['long-term-unemployed', 'no-qualification', 'limited-german'],
    },
    {
      title: 'Fachkraft für Lagerlogistik (m/w/d)',
      occupation: '51312',
      description: 'Wareneingang steuern, Bestände prüfen, neue Kolleginnen und Kollegen anlernen.',
      hours: [38, 38],
      pay: [1690, 1850],
      requirements: 'Abgeschlossene Ausbildung oder mehrere Jahre im Lager; Staplerschein von Vorteil.',
      languages: ['de'],
      needs: ['returner', 'older-worker'],
    },
  ],
  'seniorenhaus-abendstern': [
    {
      title: 'Pflegehelferin oder Pflegehelfer (m/w/d)',
      occupation: '82101',
      description: 'Bewohnerinnen und Bewohner im Alltag begleiten und pflegen, im Tag- und Spätdienst.',
      hours: [19.5, 39],
      pay: [1650, 1790],
      agreement: 'Tarif der Wohlfahrtspflege, Helferstufe',
      requirements: 'Den Grundkurs bezahlen wir. Dienste nach Absprache mit der Kinderbetreuung.',
      languages: ['de', 'tr'],
      needs: ['single-parent', 'returner', 'migration'],
    },
  ],
  'glanzwerk-gebaeudedienste': [
    {
      title: 'Reinigungskraft in Schulen (m/w/d)',
      occupation: '54101',
      description: 'Klassenräume und Flure reinigen, montags bis freitags ab 14 Uhr, in einem festen Team.',
      hours: [15, 25],
      pay: [1450, 1450],
      agreement: 'Rahmentarif Gebäudereinigung, Lohngruppe 1',
      languages: ['de', 'ar', 'tr'],
      needs: ['long-term-unemployed', 'limited-german', 'literacy'],
    },
  ],
  'kueche-und-cafe-holunder': [
    {
      title: 'Küchenhilfe im Inklusionsbetrieb (m/w/d)',
      occupation: '29301',
      description: 'Gemüse vorbereiten, Essen für Schulen portionieren, spülen. Ruhiger Arbeitsplatz auf Wunsch.',
      hours: [15, 30],
      pay: [1430, 1500],
      requirements: 'Wir sind ein Inklusionsbetrieb: Tempo und Aufgaben sprechen wir ab.',
      languages: ['de'],
      needs: ['severe-disability', 'mental-illness', 'learning-disability'],
    },
  ],
  'zangenfabrik-oberhain': [
    {
      title: 'Maschinenbediener Metall (m/w/d)',
      occupation: '24201',
      description: 'Pressen und Schleifautomaten bestücken und überwachen, Teile prüfen.',
      hours: [35, 35],
      pay: [1780, 1950],
      agreement: 'Metall- und Elektroindustrie NRW, EG 3',
      languages: ['de', 'tr'],
      needs: ['foreign-qualification', 'no-qualification'],
    },
  ],
  'reinigungsdienst-hellauf': [
    {
      title: 'Reinigung in Verwaltungen, früh morgens (m/w/d)',
      occupation: '541',
      description: 'Büros reinigen von 5 bis 8 Uhr. Mit Bus und Bahn erreichbar.',
      hours: [12, 15],
      pay: [1450, 1450],
      languages: ['de', 'uk', 'ar'],
      needs: ['limited-german', 'refugee'],
      fixedTerm: 1,
    },
  ],
  'federweiss-waescherei': [
    {
      title: 'Mitarbeit in der Wäscherei (m/w/d)',
      occupation: '54412',
      description: 'Wäsche sortieren, Maschinen beladen, falten und verpacken.',
      hours: [20, 39],
      pay: [1440, 1520],
      requirements: 'Arbeitsplätze im Sitzen und im Stehen; Jobcoach im Haus.',
      languages: ['de'],
      needs: ['severe-disability', 'chronic-illness', 'hearing-impairment'],
    },
  ],
  'pflegedienst-ahornblatt': [
    {
      title: 'Hauswirtschaft in Privathaushalten (m/w/d)',
      occupation: '83211',
      description: 'Einkaufen, kochen und aufräumen bei älteren Menschen. Dienstwagen vorhanden.',
      hours: [10, 20],
      pay: [1500, 1580],
      languages: ['de'],
      needs: ['single-parent', 'caring-for-relatives'],
    },
  ],
  'immergruen-gartenbau': [
    {
      title: 'Helfer im Garten- und Landschaftsbau (m/w/d)',
      occupation: '12101',
      description: 'Pflanzen, mähen, Wege anlegen, im Trupp von vier Leuten.',
      hours: [39, 39],
      pay: [1470, 1600],
      agreement: 'Tarif Garten- und Landschaftsbau',
      languages: ['de', 'ro'],
      needs: ['no-qualification', 'young-adult', 'criminal-record'],
      fixedTerm: 1,
    },
  ],
  'buerodienst-ohne-schwelle': [
    {
      title: 'Digitalisieren von Akten (m/w/d)',
      occupation: '71402',
      description: 'Unterlagen scannen, benennen und ablegen. Gleitzeit, ein Tag von zu Hause möglich.',
      hours: [18, 30],
      pay: [1520, 1640],
      requirements: 'Bildschirmlesegerät und höhenverstellbare Tische sind da.',
      languages: ['de', 'gsg'],
      needs: ['severe-disability', 'visual-impairment', 'hearing-impairment', 'autism'],
    },
  ],
  'klinikdienste-mittelruhr': [
    {
      title: 'Patiententransport im Krankenhaus (m/w/d)',
      occupation: '813',
      description: 'Menschen im Bett oder Rollstuhl zu Untersuchungen begleiten.',
      hours: [30, 38.5],
      pay: [1580, 1660],
      agreement: 'TVöD-K, EG 2',
      languages: ['de'],
      needs: ['older-worker', 'long-term-unemployed'],
    },
  ],
  'warenstrom-logistik': [
    {
      title: 'Kommissionierung in Teilzeit (m/w/d)',
      occupation: '51311',
      description: 'Bestellungen zusammenstellen, vormittags von 8 bis 13 Uhr.',
      hours: [20, 25],
      pay: [1470, 1500],
      languages: ['de', 'en'],
      needs: ['single-parent', 'limited-german'],
    },
  ],
  'klarweg-gebaeudeservice': [
    {
      title: 'Objektleitung Reinigung (m/w/d)',
      occupation: '54193',
      description: 'Zwei Teams führen, Qualität prüfen, mit Kundinnen und Kunden sprechen.',
      hours: [35, 39],
      pay: [1900, 2150],
      languages: ['de'],
      needs: ['returner', 'foreign-qualification'],
    },
  ],
};
