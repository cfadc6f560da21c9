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

/** Why a referral should never have been. */
export const ERROR_TEXTS: readonly string[] = [
  'Beim falschen Fall eingetragen.',
  'Das Angebot wurde verwechselt.',
  'Aus Versehen zweimal angelegt.',
];

/** What partners ask before they decide, and what caseworkers answer. Nothing sensitive here either. */
export const QUESTIONS: readonly (readonly [question: string, answer: string])[] = [
  ['Ist ein Führerschein vorhanden?', 'Ja, Klasse B; ein Auto gibt es nicht.'],
  ['Gibt es einen Nachweis über die Deutschkenntnisse?', 'Das Zertifikat A2 liegt vor und kommt mit der Post.'],
  ['Sind die Kinder am Vormittag betreut?', 'Ab dem nächsten Monat, der Platz ist zugesagt.'],
  ['Ist der Gutschein schon ausgestellt?', 'Er ist bewilligt und gilt drei Monate.'],
  ['Reicht auch ein Beginn in vier Wochen?', 'Ja, das passt.'],
  ['Wird jemand zum Übersetzen gebraucht?', 'Für das erste Gespräch wäre das gut.'],
];

/** What the coordination says of a gap, by what is done about it. */
export const GAP_NOTES: Readonly<Record<'OPEN' | 'PLANNED' | 'CLOSED', readonly string[]>> = {
  OPEN: [],
  PLANNED: [
    'Thema im nächsten Netzwerktreffen.',
    'Ein Partner prüft zusätzliche Termine.',
    'Antrag auf weitere Plätze ist gestellt.',
  ],
  CLOSED: ['Neue Gruppe seit diesem Monat.', 'War ein Engpass in der Urlaubszeit.'],
};

/** What caseworkers write to partners, and what these answer. Nothing sensitive here either. */
export const MESSAGES: readonly (readonly [question: string, answer: string])[] = [
  ['Können Sie schon sagen, wann es losgehen kann?', 'Voraussichtlich in der nächsten Woche, wir melden uns.'],
  ['Bitte vormittags anrufen, nachmittags ist niemand zu erreichen.', 'Danke, das haben wir notiert.'],
  ['Wird zum ersten Gespräch etwas gebraucht?', 'Nur der Ausweis.'],
  ['Der Bescheid ist heute gekommen.', 'Gut, dann ist alles beisammen.'],
  ['Kann beim ersten Gespräch jemand begleiten?', 'Ja, gern.'],
  ['Ab der nächsten Woche ist ein Beginn schon um 8 Uhr möglich.', 'Das passt uns gut.'],
];
