/** What caseworkers write along when they refer somebody. Nothing sensitive: most partners get it without consent. */
export const NOTES: readonly string[] = [
  'Möchte gern am Vormittag beginnen, nachmittags werden die Kinder betreut.',
  'Hat zuletzt im Lager gearbeitet und sucht etwas Ähnliches.',
  'Führerschein Klasse B ist vorhanden, aber kein Auto.',
  'Das Erstgespräch bitte telefonisch ankündigen.',
  'Ist sehr motiviert und kann sofort beginnen.',
  'Deutsch etwa auf dem Niveau A2, versteht mehr, als sie spricht.',
  'Abschluss als Bürokauffrau aus dem Ausland, die Anerkennung läuft.',
  'Bitte um Rückmeldung, falls noch Unterlagen fehlen.',
  'Termine ab 9 Uhr, der Bus fährt nicht früher.',
  'Hat schon einmal einen Kurs bei Ihnen besucht.',
  'Ziel ist eine Stelle in Teilzeit bis zum Herbst.',
  'Kommt zum ersten Gespräch mit einer Begleitperson.',
];

/** Words to a refusal; those to OTHER say why. */
export const DECLINE_TEXTS: readonly string[] = [
  'Wir stellen das Angebot gerade um und nehmen bis dahin niemanden auf.',
  'Nach dem Gespräch passt ein anderes Angebot besser.',
  'Die zuständige Kollegin ist länger nicht da.',
];

export const CANCEL_TEXTS: readonly string[] = [
  'Hat sich anders entschieden und dies im Gespräch mitgeteilt.',
  'Die Lage hat sich geändert, wir suchen gemeinsam neu.',
];

/** Why somebody came first who had not waited longest. */
export const OUT_OF_ORDER_TEXTS: readonly string[] = [
  'Der Platz ist nur am Vormittag frei, das passt nur hier.',
  'Die längste Wartende konnten wir zweimal nicht erreichen.',
  'Der Platz ist für die Gruppe mit Kinderbetreuung vorgesehen.',
  'Der Beginn ist dringend, die anderen sind einverstanden.',
];
