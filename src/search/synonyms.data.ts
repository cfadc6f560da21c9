/**
 * Words of everyday life, of offices and of associations that mean the same, written for this hub: a group a line, its
 * terms divided by commas. A term with ">" before it only leads to the others: whoever types "Amt" means the Jobcenter,
 * but nobody who types "Jobcenter" means every Amt.
 */
export const SYNONYMS = `
Hartz 4, Hartz IV, Hartz vier, >Hartz, ALG 2, ALG II, Arbeitslosengeld 2, Arbeitslosengeld II, Bürgergeld, Grundsicherung für Arbeitsuchende, >Stütze, SGB II, >Grundsicherung, >Sozialhilfe
Jobcenter, >Amt, >Arge, Job-Center, >Sozialamt
Agentur für Arbeit, Arbeitsagentur, Arbeitsamt, Bundesagentur für Arbeit, BA
ALG 1, ALG I, Arbeitslosengeld, Arbeitslosengeld 1, Arbeitslosengeld I, SGB III
Sozialhilfe, SGB XII, Hilfe zum Lebensunterhalt, Grundsicherung im Alter
Kinder- und Jugendhilfe, SGB VIII
Teilhabeleistungen, SGB IX, Eingliederungshilfe
Asylbewerberleistungsgesetz, AsylbLG
WfbM, Werkstatt für behinderte Menschen, Werkstatt für Menschen mit Behinderung, Behindertenwerkstatt, beschützte Werkstatt, geschützte Werkstatt
EUTB, Ergänzende unabhängige Teilhabeberatung, Teilhabeberatung
SPZ, Sozialpsychiatrisches Zentrum
SPZ, Sozialpädiatrisches Zentrum
SpDi, Sozialpsychiatrischer Dienst
GPZ, Gemeindepsychiatrisches Zentrum
KoKoBe, Koordinierungs-, Kontakt- und Beratungsstelle
AGH, Arbeitsgelegenheit, Ein-Euro-Job, 1-Euro-Job, Eineurojob, Ein-Euro-Jobber, Zusatzjob, 16d
Teilhabe am Arbeitsmarkt, TAM, TaAM, THCG, Teilhabechancengesetz, 16i, sozialer Arbeitsmarkt
Eingliederung von Langzeitarbeitslosen, EvL, 16e, Lohnkostenzuschuss
geförderte Beschäftigung, zweiter Arbeitsmarkt, Beschäftigungsmaßnahme
MBE, Migrationsberatung für erwachsene Zuwanderer, Migrationsberatung
JMD, Jugendmigrationsdienst
VHS, Volkshochschule
DRK, Deutsches Rotes Kreuz, Rotes Kreuz
AWO, Arbeiterwohlfahrt
SkF, Sozialdienst katholischer Frauen
SKM, Katholischer Verband für soziale Dienste, Sozialdienst katholischer Männer
DPWV, Der Paritätische, Paritätischer Wohlfahrtsverband
ASB, Arbeiter-Samariter-Bund
DLRG, Deutsche Lebens-Rettungs-Gesellschaft
CJD, Christliches Jugenddorfwerk
IB, Internationaler Bund
KAB, Katholische Arbeitnehmer-Bewegung
DGB, Deutscher Gewerkschaftsbund
VdK, Sozialverband
SoVD, Sozialverband
IFD, Integrationsfachdienst
BBW, Berufsbildungswerk
BFW, Berufsförderungswerk
BTZ, Berufliches Trainingszentrum
RPK, Rehabilitation psychisch Kranker, Rehabilitation für psychisch Kranke
BeWo, Betreutes Wohnen, Ambulant betreutes Wohnen, ABW
LWL, Landschaftsverband Westfalen-Lippe
LVR, Landschaftsverband Rheinland
KSL, Kompetenzzentrum Selbstbestimmt Leben
KI, Kommunales Integrationszentrum
KAoA, Kein Abschluss ohne Anschluss
ASD, Allgemeiner Sozialer Dienst, >Jugendamt
SPFH, Sozialpädagogische Familienhilfe
HzE, Hilfen zur Erziehung
HzA, Hilfe zur Arbeit
HPH, Heilpädagogisches Heim
HPZ, Heilpädagogisches Zentrum
OGS, OGATA, Offene Ganztagsschule, Ganztagsbetreuung
KiTa, Kindertagesstätte, Kindertageseinrichtung, Kindergarten, Kinderkrippe, >Krippe, Kindertagesbetreuung
Tagesmutter, Kindertagespflege, Tagespflegeperson, Tagesvater
UMF, UMA, unbegleitete minderjährige Flüchtlinge, unbegleitete minderjährige Ausländer
BAMF, Bundesamt für Migration und Flüchtlinge
ZUE, Zentrale Unterbringungseinrichtung
BvB, Berufsvorbereitende Bildungsmaßnahme, Berufsvorbereitung
BaE, Berufsausbildung in außerbetrieblichen Einrichtungen, außerbetriebliche Ausbildung
abH, AsA, ausbildungsbegleitende Hilfen, Assistierte Ausbildung
EQ, Einstiegsqualifizierung
FbW, Förderung der beruflichen Weiterbildung, berufliche Weiterbildung
TQ, Teilqualifizierung, Teilqualifikation
UB, Unterstützte Beschäftigung
BEM, Betriebliches Eingliederungsmanagement
StW, Stufenweise Wiedereingliederung, Hamburger Modell
MAG, Maßnahme bei einem Arbeitgeber, Probearbeiten
MAT, Maßnahme bei einem Träger
AVGS, Aktivierungs- und Vermittlungsgutschein, Vermittlungsgutschein
BuT, Bildung und Teilhabe, Bildungspaket
LTA, Leistungen zur Teilhabe am Arbeitsleben, berufliche Rehabilitation
GdB, Grad der Behinderung, Schwerbehindertenausweis
DRV, Deutsche Rentenversicherung, Rentenversicherung
AOK, Krankenkasse, Krankenversicherung
MPU, Medizinisch-psychologische Untersuchung, Idiotentest
JVA, Justizvollzugsanstalt, Gefängnis, Knast, Haft, Strafanstalt
IHK, Industrie- und Handelskammer
HWK, Handwerkskammer
FSJ, Freiwilliges Soziales Jahr, Freiwilligendienst
BFD, Bundesfreiwilligendienst, Freiwilligendienst, Bufdi
BAföG, Ausbildungsförderung
BAB, Berufsausbildungsbeihilfe
DaZ, DaF, Deutsch als Zweitsprache, Deutsch als Fremdsprache, Sprachkurs, Deutschkurs
BSK, Berufssprachkurs, DeuFöV
NRW, Nordrhein-Westfalen
EDV, PC, Computer, IT
LRS, Lese-Rechtschreib-Schwäche, Legasthenie
ADHS, ADS, Aufmerksamkeitsstörung, Aufmerksamkeitsdefizitstörung, Aufmerksamkeitsdefizit, Hyperaktivität
PTBS, Posttraumatische Belastungsstörung, Trauma
ASS, Autismus-Spektrum-Störung, Autismus
MS, Multiple Sklerose
KFZ, Kraftfahrzeug, Auto, Pkw
LKW, Lastkraftwagen
LKW-Führerschein, Berufskraftfahrer, LKW-Fahrer, Kraftfahrer
Azubi, Auszubildender, Lehrling
Reha, Rehabilitation
Uni, Universität, Hochschule
Kripo, Polizei
Öffis, ÖPNV, Bus und Bahn, Nahverkehr
WG, Wohngemeinschaft
WBS, Wohnberechtigungsschein
KdU, Kosten der Unterkunft, Mietkosten
BG, Bedarfsgemeinschaft
LSBTIQ, LSBTI, LGBT, LGBTQ, queer, schwul, lesbisch
AA, Anonyme Alkoholiker
NA, Narcotics Anonymous
EFL, Ehe-, Familien- und Lebensberatung
Eheberatung, Paarberatung, Beziehungsprobleme, Ehe-, Familien- und Lebensberatung
SHG, Selbsthilfegruppe, Selbsthilfe
KISS, Kontakt- und Informationsstelle für Selbsthilfe, Selbsthilfekontaktstelle
PSB, Psychosoziale Beratung, Psychosoziale Betreuung
TZ, Teilzeit
MuKi, Mutter-Kind-Einrichtung, Mutter-Kind-Haus
KJP, Kinder- und Jugendpsychiatrie
LKH, Landeskrankenhaus, Psychiatrie
QM, Quartiersmanagement
MGH, Mehrgenerationenhaus
SBB, Schwangerschaftsberatungsstelle
SB, Schuldnerberatung
Schuldnerberatung, Privatinsolvenz, Verbraucherinsolvenz, Insolvenzberatung, pleite, Bankrott, >Schulden, >Inkasso, >Gerichtsvollzieher, >Pfändung, >P-Konto, >Schufa, >Mahnung, >Ratenzahlung
Suchtberatung, Drogenkonsumraum, Spritzentausch, Drogenberatung, Drogenhilfe, Suchthilfe, Suchtkrankenhilfe, >Sucht, >Alkohol, >Alkoholproblem, >Alkoholiker, >Trinker, >saufen, >kiffen, >Cannabis, >Haschisch, >Gras rauchen, >Heroin, >Kokain, >Junkie, >Drogen, >Entzug, >clean werden, >Spielsucht, >Glücksspiel, >Mediensucht, >Tablettensucht
Entgiftung, Entzug, Drogenentzug, Alkoholentzug, Suchtklinik
Substitution, Methadon
Spielsucht, Glücksspielsucht, Spielautomaten, Spielothek, Wettsucht
Suchtkranke, Alkoholiker, Drogenabhängige, Junkie, Süchtige
Psychosoziale Beratung, psychische Erkrankung, seelische Probleme, psychische Probleme, seelische Krise, psychische Krise, psychische Belastung, psychische Überlastung, >Depression, >Burnout, >Angst, >Panik, >Panikattacken, >Stress, >überfordert, >Nervenzusammenbruch, >Krise, >Mobbing
Psychotherapie, Psychotherapeut, Psychologe, Psychiater, Therapeut, >Seelenklempner, >Psychodoc, >Nervenarzt
Nervenarzt, Psychiater, Neurologe
Krisendienst, Krisenhilfe, Telefonseelsorge, Notruf, Seelsorge, Krisentelefon, >Selbstmord, >Nervenzusammenbruch, >seelische Krise, >psychische Krise
Essstörung, Magersucht, Bulimie
Frauenhaus, Schutz vor Gewalt, Zuflucht für Frauen, >häusliche Gewalt, >geschlagen
häusliche Gewalt, Gewalt in der Beziehung, Gewalt in der Familie, Partnerschaftsgewalt, Gewaltschutz, Beratung bei Gewalt, >geschlagen, >Stalking, >schlägt mich
Missbrauch, sexuelle Gewalt, sexualisierte Gewalt, Vergewaltigung
Opferhilfe, Weißer Ring, Opferschutz, Opferberatung
Schwangerschaftskonfliktberatung, Abtreibung, Schwangerschaftsabbruch, ungewollt schwanger, Schwangerschaftsberatung
Schwangerschaftsberatung, schwanger, Schwangerenberatung, Babybauch
Hebamme, Geburtshilfe, Entbindung
Verhütung, Familienplanung, Pille, Pro Familia, Sexualberatung
Frühe Hilfen, Babybesuch, Familienhebamme
Erziehungsberatung, Erziehungsprobleme, Familienberatung, Elternberatung
Trennung, Scheidung, Trennungsberatung, Scheidungsberatung
alleinerziehend, Einelternfamilie, >Alleinstehende Mutter, >ledige Mutter
Unterhalt, Alimente, Unterhaltsvorschuss
Kinderbetreuung, Babysitter, Tagesmutter, Kita, Kindertagespflege
Nachhilfe, Hausaufgabenhilfe, Lernförderung, Hausaufgabenbetreuung
Jugendzentrum, Jugendtreff, Jugendhaus, offene Jugendarbeit
Streetwork, aufsuchende Arbeit, Straßensozialarbeit, Straßenarbeit, aufsuchende Jugendhilfe
Schulabbrecher, ohne Schulabschluss, Schulverweigerer, Schulabschluss nachholen
Schulabschluss nachholen, Hauptschulabschluss, Realschulabschluss, Abendschule, zweiter Bildungsweg, Schulabschluss
Abi, Abitur, Hochschulreife
Sprachkurs, Deutschkurs, Integrationskurs, Deutsch lernen, Sprachschule, Berufssprachkurs, Deutschunterricht
Alphabetisierung, Lesen lernen, Schreiben lernen, Lesen und Schreiben, Analphabeten, Grundbildung, kann nicht lesen
Dolmetscher, Übersetzer, Sprachmittlung, Sprachmittler, Übersetzung, Integrationslotse, Sprach- und Integrationsmittler
Migrationsberatung, >Ausländer, Ausländerberatung, Migrantenberatung, Zuwandererberatung, Einwanderer, Integrationsagentur, >Visum, >Aufenthalt
Ausländer, Migranten, Zuwanderer, Menschen mit Migrationshintergrund, Menschen mit Zuwanderungsgeschichte
Flüchtlinge, Geflüchtete, Asylbewerber, Asylsuchende, Flüchtlingsberatung, Asylberatung, Schutzsuchende, >Asylheim
Flüchtlingsunterkunft, Asylheim, Asylbewerberheim, Flüchtlingsheim
Aufenthaltserlaubnis, Aufenthaltstitel, Duldung, Bleiberecht, Visum
Anerkennungsberatung, ausländischer Abschluss, ausländisches Zeugnis, Zeugnis anerkennen, Diplom anerkennen, Abschluss anerkennen, Berufsanerkennung, Anerkennung
Einbürgerung, deutscher Pass, Staatsangehörigkeit
Obdachlosenhilfe, Wohnungslosenhilfe, Wohnungsnotfallhilfe, Nichtsesshaftenhilfe, >Penner, >Straße leben, >keine Wohnung, >Wohnung verloren, >Zwangsräumung, >Räumungsklage
Notunterkunft, Obdachlosenheim, Obdachlosenunterkunft, Notschlafstelle, Übernachtungsstelle, Schlafplatz, Obdachlosenasyl, Unterkunft für Wohnungslose, Notschlafplatz
Wohnungssuche, Wohnraumsicherung, Wohnung finden, Wohnungsvermittlung, Wohnraum
Mieterberatung, Mieterverein, Mietschulden, Mieterschutz, Mietrecht, >Vermieter
Energieberatung, Stromsperre, Stromschulden, Stromsparcheck, Stromspar-Check, Strom sparen, Energieschulden, Energiesparberatung, >Stromrechnung, >Heizkosten
Tafel, Lebensmittelausgabe, Essensausgabe, Lebensmittel, Suppenküche, Lebensmittelspende, kostenloses Essen, Mittagstisch, >Hunger, >Foodsharing
Kleiderkammer, Klamotten, Kleidung, Second Hand, Kleiderladen, Kleiderspende, Gebrauchtkleidung, Anziehsachen
Möbellager, Sozialkaufhaus, gebrauchte Möbel, Gebrauchtmöbel, Möbelbörse, Secondhand, Möbel
Putzstelle, Putzfrau, Reinigungskraft, Putzhilfe, Raumpflege, Raumpflegerin, Gebäudereinigung, Reinigung, Putzjob, Putzen, Unterhaltsreinigung
Haushaltshilfe, Hilfe im Haushalt, Haushaltshelferin, hauswirtschaftliche Hilfe
Essen auf Rädern, Mahlzeitendienst, Menüservice
Altenheim, Seniorenheim, Pflegeheim, Altersheim, Seniorenzentrum, Seniorenresidenz, Altenzentrum, stationäre Pflege
Pflegedienst, häusliche Pflege, ambulante Pflege, Sozialstation
Pflegeberatung, Pflegestützpunkt, Pflegegrad, Pflegestufe, pflegende Angehörige, Pflege von Angehörigen
Seniorenberatung, Altenberatung, Altenhilfe, Seniorenhilfe, Seniorenbüro
Altenpflege, Altenpfleger, Seniorenpflege, Pflegefachkraft
Krankenschwester, Krankenpfleger, Krankenpflege, Pflegefachkraft, Pflegekraft
Krankenhaus, Klinik, Hospital, Spital
Arzt, Doktor, Arztpraxis, Hausarzt
Behindertenhilfe, Behindertenberatung, Hilfe für Menschen mit Behinderung, Lebenshilfe
Körperbehinderung, Rollstuhl, Rollstuhlfahrer, Gehbehinderung, körperliche Behinderung, Mobilitätseinschränkung
barrierefrei, rollstuhlgerecht, behindertengerecht, ebenerdig, Barrierefreiheit, >Rollstuhl, >Rollstuhlfahrer, >Rollator
Gehörlose, Taubstumme, taubstumm, Gehörlosigkeit, Gebärdensprache, Schwerhörige, Hörbehinderung
Blinde, Sehbehinderung, Sehbehinderte, Blindheit
geistige Behinderung, Lernschwierigkeiten, kognitive Beeinträchtigung
Betreuer, gesetzliche Betreuung, rechtliche Betreuung, Betreuungsverein, Vormund, Vormundschaft
Fahrdienst, Mobilitätshilfe, Behindertenfahrdienst, Krankenfahrt, Beförderung
Inklusionsbetrieb, Inklusionsfirma, Integrationsfirma, Integrationsbetrieb, Inklusionsunternehmen, Integrationsunternehmen
Minijob, geringfügige Beschäftigung, 450-Euro-Job, 520-Euro-Job, 538-Euro-Job, Nebenjob, Aushilfsjob
Arbeitsvermittlung, Jobvermittlung, Stellenvermittlung, Jobsuche, Arbeitssuche, Stellensuche, Arbeit finden, Job finden, Jobbörse, Stellenbörse
Arbeitsplatz, Job, Arbeitsstelle, Stelle, Anstellung, Beschäftigung
Zeitarbeit, Leiharbeit, Personaldienstleister, Arbeitnehmerüberlassung
Bewerbungstraining, Bewerbungshilfe, Lebenslauf, Bewerbung schreiben, Bewerbungscoaching, Bewerbungsmappe, Vorstellungsgespräch
Jobcoaching, Jobcoach, Arbeitsbegleitung, Arbeitsassistenz
Ausbildungsplatz, Lehrstelle, Lehre, Ausbildungsstelle, Ausbildung
Umschulung, neuer Beruf, Berufswechsel
Weiterbildung, Fortbildung, Schulung, Lehrgang, Qualifizierung
Berufsberatung, Berufsorientierung, Berufswahl, was werden
Praktikum, Schnuppertag, Probearbeit, Praktikumsplatz
Gründungsberatung, Existenzgründung, selbständig machen, selbstständig machen, eigene Firma, Start-up, Firma gründen, Unternehmensgründung
Wiedereinstieg, Rückkehr in den Beruf, Berufsrückkehr, zurück in den Beruf
Rehabilitation, Kur, Erholung, Kurklinik
Straffälligenhilfe, Knast, Haftentlassene, Gefängnis, Strafgefangene, Vorbestrafte, Ex-Häftling, Bewährungshilfe, vorbestraft, Haftentlassenenhilfe
Bewährungshilfe, Bewährungshelfer, Gerichtshilfe
gemeinnützige Arbeit, Sozialstunden, Arbeitsstunden, Arbeit statt Strafe
Rechtsberatung, Sozialrechtsberatung, Anwalt, Rechtsanwalt, Beratungshilfe, Rechtshilfe, Sozialrecht, >Widerspruch
Widerspruch, Bescheid verstehen, Bescheid prüfen, Bürgergeldberatung, Sozialberatung, Arbeitslosenberatung, Erwerbslosenberatung, Erwerbslosenberatungsstelle
Sozialberatung, allgemeine Sozialberatung, Lebensberatung, Sozialarbeiter
Formulare ausfüllen, Ausfüllhilfe, Antragshilfe, Hilfe bei Anträgen, >Papierkram, >Formular, >Behördengänge
Behördenbegleitung, Ämterlotse, Behördengang, Begleitung zu Ämtern, Ämterbegleitung
Computerkurs, EDV-Kurs, PC-Kurs, Internetkurs, Digitalkurs, Smartphone-Kurs, IT-Kurs
Führerschein, Fahrerlaubnis, >Lappen, Fahrschule
Kinderwunsch, Adoption, Pflegekind, Pflegeeltern, Pflegefamilie
Mädchen, junge Frauen
Ehrenamt, freiwilliges Engagement, Freiwilligenagentur, Freiwilligenarbeit, Bürgerengagement
Trauer, Trauerbegleitung, Hospiz, Sterbebegleitung, Tod, Trauercafé, Trauergruppe
Mittagessen, Mittagstisch, Kantine
Geldprobleme, Geldsorgen, finanzielle Probleme, Schulden, Überschuldung, Schuldnerberatung
Wohngeld, Mietzuschuss
Kinderzuschlag, KiZ
Sozialticket, Fahrkarte, Monatskarte
Sozialpass, Familienkarte
Gastronomie, Restaurant, Gaststätte, Kneipe
Verkäufer, Kassierer, Einzelhandel, Verkauf
Lagerhelfer, Lagerarbeiter, Kommissionierer, Lagerist, Staplerfahrer, Lager
Küchenhilfe, Spülkraft, Spülhilfe, Küchenhelfer, Beikoch
Gartenbau, Gärtner, Landschaftspflege, Grünpflege, Gartenarbeit, GaLaBau, Garten- und Landschaftsbau
Friseur, Frisör, Haarschnitt
Maurer, Bauarbeiter, Bauhelfer
Fahrer, Kraftfahrer, Berufskraftfahrer, Kurierfahrer, Auslieferungsfahrer
Wachmann, Security, Sicherheitsdienst, Wachdienst, Sicherheitskraft
Erzieher, Kindergärtnerin, Erzieherin
Näherei, Schneiderei, Schneider, Nähen
Recycling, Wertstoffhof, Elektroschrott
Büroarbeit, Bürokraft, Sekretärin, Bürokauffrau, Kauffrau für Büromanagement
Tischler, Schreiner
Metzger, Fleischer
unter 25, U25, junge Menschen, junge Erwachsene
über 50, 50plus, 50 plus, Ü50, ältere Arbeitnehmer
Langzeitarbeitslose, Langzeitarbeitslosigkeit, Langzeitleistungsbezieher
Schwerbehinderung, schwerbehindert, Gleichstellung, Schwerbehinderte
Coronafolgen, Long Covid, Post Covid
Selbsthilfe, Gesprächskreis, Selbsthilfegruppe
Mutter-Kind-Kur, Vater-Kind-Kur, Müttergenesung
Tagesstruktur, tagesstrukturierende Maßnahme, Tagesstätte, Tageszentrum
Tierheim, Haustier
Homeoffice, mobiles Arbeiten, Telearbeit
Schuldenfalle, Überschuldung
Zuverdienst, Hinzuverdienst
`;
