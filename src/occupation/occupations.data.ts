/** An occupation of the German classification. */
export interface OccupationDatum {
  readonly code: string;
  readonly de: string;
  readonly en: string;
}

/**
 * The ten occupational areas (1 digit) and 37 main groups (2 digits) of the Klassifikation der Berufe 2010, revised
 * version of 2020. Codes and structure: Bundesagentur für Arbeit (Federal Employment Agency), KldB 2010, Nuremberg 2021;
 * the labels are short ones of our own. The code of military occupations begins with 0.
 */
export const OCCUPATIONS: readonly OccupationDatum[] = [
  { code: '0', de: 'Militär', en: 'Armed forces' },
  { code: '01', de: 'Dienst in den Streitkräften', en: 'Service in the armed forces' },

  { code: '1', de: 'Landwirtschaft, Tiere, Wald und Garten', en: 'Agriculture, animals, forestry and gardening' },
  { code: '11', de: 'Arbeit auf dem Hof, mit Tieren, im Wald', en: 'Work on farms, with animals, in forests' },
  { code: '12', de: 'Gartenbau und Blumen', en: 'Gardening and floristry' },

  { code: '2', de: 'Herstellung und Fertigung', en: 'Production and manufacturing' },
  { code: '21', de: 'Rohstoffe, Glas und Keramik', en: 'Raw materials, glass and ceramics' },
  { code: '22', de: 'Kunststoff und Holz', en: 'Plastics and wood' },
  { code: '23', de: 'Papier, Druck und Mediengestaltung', en: 'Paper, printing and media design' },
  { code: '24', de: 'Metall', en: 'Metal' },
  { code: '25', de: 'Maschinen und Fahrzeuge', en: 'Machines and vehicles' },
  { code: '26', de: 'Elektro, Energie und Mechatronik', en: 'Electrical, energy and mechatronics' },
  {
    code: '27',
    de: 'Technische Entwicklung und Produktionsplanung',
    en: 'Technical development and production planning',
  },
  { code: '28', de: 'Textil und Leder', en: 'Textiles and leather' },
  { code: '29', de: 'Lebensmittel und Küche', en: 'Food production and kitchens' },

  { code: '3', de: 'Bauen und Gebäudetechnik', en: 'Construction and building services' },
  { code: '31', de: 'Bauplanung, Architektur und Vermessung', en: 'Planning, architecture and surveying' },
  { code: '32', de: 'Hochbau und Tiefbau', en: 'Building and civil engineering work' },
  { code: '33', de: 'Ausbau von Innenräumen', en: 'Interior finishing' },
  { code: '34', de: 'Haustechnik und Versorgung', en: 'Building services and utilities' },

  { code: '4', de: 'Naturwissenschaft und Informatik', en: 'Science and information technology' },
  { code: '41', de: 'Mathematik, Biologie, Chemie und Physik', en: 'Mathematics, biology, chemistry and physics' },
  { code: '42', de: 'Geowissenschaft und Umweltschutz', en: 'Earth sciences and environmental protection' },
  { code: '43', de: 'Informatik und Kommunikationstechnik', en: 'Computing and communication technology' },

  { code: '5', de: 'Verkehr, Lager, Sicherheit und Reinigung', en: 'Transport, storage, security and cleaning' },
  { code: '51', de: 'Lager, Versand und Verkehrsbetrieb', en: 'Storage, shipping and traffic operation' },
  { code: '52', de: 'Fahren von Fahrzeugen und Transportgeräten', en: 'Driving vehicles and transport equipment' },
  { code: '53', de: 'Schutz, Sicherheit und Überwachung', en: 'Protection, security and surveillance' },
  { code: '54', de: 'Reinigung', en: 'Cleaning' },

  { code: '6', de: 'Handel, Verkauf, Hotel und Tourismus', en: 'Trade, sales, hotels and tourism' },
  { code: '61', de: 'Einkauf, Vertrieb und Handel', en: 'Purchasing, distribution and trade' },
  { code: '62', de: 'Verkauf', en: 'Retail sales' },
  { code: '63', de: 'Tourismus, Hotel und Gaststätten', en: 'Tourism, hotels and restaurants' },

  { code: '7', de: 'Büro, Finanzen, Recht und Verwaltung', en: 'Offices, finance, law and administration' },
  { code: '71', de: 'Unternehmensführung und Büro', en: 'Management and office work' },
  { code: '72', de: 'Finanzen, Rechnungswesen und Steuern', en: 'Finance, accounting and tax' },
  { code: '73', de: 'Recht und öffentliche Verwaltung', en: 'Law and public administration' },

  { code: '8', de: 'Gesundheit, Soziales und Bildung', en: 'Health, social work and education' },
  { code: '81', de: 'Medizin und Krankenpflege', en: 'Medicine and nursing' },
  {
    code: '82',
    de: 'Altenpflege, Körperpflege und Medizintechnik',
    en: 'Elderly care, personal care and medical technology',
  },
  {
    code: '83',
    de: 'Erziehung, Soziales, Hauswirtschaft und Seelsorge',
    en: 'Education, social work, housekeeping and pastoral care',
  },
  { code: '84', de: 'Unterricht und Ausbildung', en: 'Teaching and training' },

  { code: '9', de: 'Geisteswissenschaft, Medien, Kunst und Gestaltung', en: 'Humanities, media, arts and design' },
  { code: '91', de: 'Sprach-, Geistes- und Wirtschaftswissenschaft', en: 'Languages, humanities and economics' },
  { code: '92', de: 'Werbung, Marketing und Redaktion', en: 'Advertising, marketing and editing' },
  { code: '93', de: 'Produktgestaltung und Kunsthandwerk', en: 'Product design and arts and crafts' },
  { code: '94', de: 'Bühne, Musik und Unterhaltung', en: 'Stage, music and entertainment' },
];
