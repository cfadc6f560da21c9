/** Who issues the personas' tokens: the hub itself. Their accounts bear it too. */
export const DEVELOPMENT_ISSUER = 'urn:partnernetz:development';

/** Somebody of the demo world to sign in as. The name is also the subject of the access token. */
export interface Persona {
  readonly name: string;
  readonly may: { readonly de: string; readonly en: string };
}

/** The people of the demo world; its accounts and memberships bear the same names. */
export const PERSONAS: readonly Persona[] = [
  {
    name: 'caseworker-aachen',
    may: {
      de: 'führt Fälle im Netzwerk Aachen, holt Einwilligungen ein und vermittelt',
      en: 'keeps cases in the network of Aachen, records consents and refers clients',
    },
  },
  {
    name: 'caseworker-wuppertal',
    may: {
      de: 'dasselbe im Netzwerk Wuppertal; sieht von Aachen nichts als das Verzeichnis',
      en: 'the same in the network of Wuppertal; sees nothing of Aachen but the directory',
    },
  },
  {
    name: 'partner-aachen',
    may: {
      de: 'pflegt einen Träger in Aachen, meldet freie Plätze und beantwortet Vermittlungen',
      en: 'edits one partner in Aachen, reports free places and answers referrals',
    },
  },
  {
    name: 'partner-wuppertal',
    may: {
      de: 'pflegt einen Träger in Wuppertal, meldet freie Plätze und beantwortet Vermittlungen',
      en: 'edits one partner in Wuppertal, reports free places and answers referrals',
    },
  },
  {
    name: 'coordinator-aachen',
    may: {
      de: 'koordiniert das Netzwerk Aachen: Auslastung, Lücken, Vermittlungen ohne Angaben zum Fall',
      en: 'coordinates the network of Aachen: load, gaps, referrals without the client’s details',
    },
  },
  ...[
    ['wuppertal', 'Wuppertal'],
    ['unna', 'Unna'],
    ['bochum', 'Bochum'],
    ['dortmund', 'Dortmund'],
  ].map(([slug, name]) => ({
    name: `coordinator-${slug}`,
    may: { de: `koordiniert das Netzwerk ${name}`, en: `coordinates the network of ${name}` },
  })),
  ...[
    ['bochum', 'Bochum'],
    ['dortmund', 'Dortmund'],
  ].map(([slug, name]) => ({
    name: `caseworker-${slug}`,
    may: { de: `führt Fälle im Netzwerk ${name}`, en: `keeps cases in the network of ${name}` },
  })),
  {
    name: 'auditor',
    may: { de: 'prüft den Datenschutz; führt keine Fälle', en: 'audits data protection; keeps no cases' },
  },
  {
    name: 'admin',
    may: { de: 'verwaltet die Anwendung; sieht keine Fälle', en: 'administers the hub; sees no cases' },
  },
];

export const findPersona = (name: string): Persona | undefined => PERSONAS.find(one => one.name === name);
