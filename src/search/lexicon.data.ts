/**
 * The words of the field, written for this hub: a family of words a line. Its first word stands for all of them, and a
 * text with one meets a query for another. Nouns are written with a capital letter, adjectives and verbs without: that
 * tells how they are inflected. What stands here is also what longer words are taken apart into.
 */
export const FAMILIES = `
Abhängigkeit abhängig Abhängiger
Abend
Abschluss abschließen Schluss
Abschiebung abschieben
Adoption adoptieren Adoptiveltern
Agentur
Akademie
Aktivierung aktivieren aktivierend aktiv Aktivität
Alkohol Alkoholiker alkoholkrank Trinker
Alleinerziehend alleinerziehend Alleinerziehender
Alltag
Alphabetisierung Alphabet alphabetisieren Analphabet Alpha
Alter alt Altern ältere ältester
Amt amtlich
Analyse
Anerkennung anerkennen anerkannt
Angehöriger angehörig
Angst ängstlich Panik Phobie
Anlage
Anlauf
Anlern
Anmeldung anmelden
Annahme
Ansprech
Antrag beantragen
Anwalt
Apotheke
Arbeit arbeiten Arbeiter arbeitend
Arbeitgeber=
Arbeitnehmer=
Arbeitsgelegenheit=
arbeitslos Arbeitslosigkeit Arbeitsloser arbeitssuchend arbeitsuchend Arbeitssuche Arbeitssuchender Arbeitsuchender
Archiv
Armut arm
Arzt ärztlich Ärztin
Assistenz assistieren Assistent
Asyl
Ausbildung ausbilden Auszubildender Ausbilder
Ausgabe ausgeben
Auskunft
Ausland ausländisch Ausländer
Ausstattung
Austausch
Autismus autistisch Autist Autismusspektrum
Auto
Autor
Baby
Bad
Bäcker Bäckerei backen
Bahn
Bahnhof=
Band
Bank
barrierefrei Barrierefreiheit Barriere
Bau bauen
Bauer= 
Beamter
Bedarf
Beeinträchtigung beeinträchtigt
Befähigung befähigen
Begegnung begegnen
Begleitung begleiten Begleiter begleitend
Begutachtung Gutachten
Behandlung behandeln
Behinderung behindert Behinderter Behinderte
Behörde
Beihilfe=
Beistand
Beitrag
Beratung beraten Berater beratend
Berufung=
Bereich
Bericht
Beruf beruflich
berufstätig Berufstätigkeit
Beschäftigung beschäftigen Beschäftigter beschäftigt
Beschützt schützen Schutz geschützt
Beschwerde
Besuch besuchen Besucher
Betreuung betreuen betreut Betreuer
Betrieb betrieblich
Bewegung
Bewerbung bewerben Bewerber
Beziehung
Bibliothek Bücherei Buch
Bildung bilden
Biografie
blind Blindheit Blinder
Block
Blume Florist
Brand
Brief
Brille
Brücke
Budget
Büro
Bürger
Bürgergeld=
Bund
Burnout
Bus
Café
Camp
Chance
Chat
chronisch
Coaching Coach coachen
Computer
Consulting
Club
Dach
Datei
Daten
dauerhaft= Dauer
Demenz dement
Demokratie
Depression depressiv
deutsch Deutsch Deutschland
Diabetes Diabetiker
Diagnose diagnostisch= Diagnostik
Diakonie diakonisch Diakonisch
Dienst
Dienstleistung
digital Digitalisierung
Dolmetscher dolmetschen
Dorf
Drehscheibe
Droge
Druck Drucker
EDV
Ehe ehelich
Ehrenamt ehrenamtlich Ehrenamtlicher
Eigen
Einrichtung einrichten
Eingliederung eingliedern Wiedereingliederung
Einkauf einkaufen
Einkommen
Einstieg
Einsteiger
Einzel einzeln
Elektro Elektriker Elektronik Elektroniker
Eltern elterlich Elternteil
Energie
Englisch englisch
Entbindung
Entgiftung entgiften Entzug
Entlassung entlassen=
Entlastung
Entschuldung
Entwicklung entwickeln
Ergotherapie Ergotherapeut
Erfahrung
Erholung
erlernen
Ernährung ernähren
Erprobung erproben
Erste
Erwachsener erwachsen
Erwerb
erwerbslos Erwerbslosigkeit Erwerbsloser
erwerbstätig Erwerbstätigkeit
erwerbsgemindert Erwerbsminderung
Erziehung erziehen Erzieher erzieherisch
Essen essen
Existenz
extern
Fabrik
Fach fachlich
Fähigkeit fähig
Fahrer fahren Fahrt
Fahrrad Rad Fahrräder Räder
Fall
Familie familiär
Farbe
Ferien
Firma
Film
Flucht Flüchtling geflüchtet Geflüchteter Geflohener geflohen Fluchthintergrund
Förderung fördern Förderer gefördert Förder
Forum
Fortbildung fortbilden
Fotografie Foto
Frau
Freiheit frei
Freiwillig freiwillig Freiwilliger
Freizeit=
Freund
Friseur Friseurin Frisör
Früh
Fund
Führung führen Führer
Führerschein=
Fürsorge
Garten Gärtner Gärtnerei
Gast Gäste
Gastronomie Gastgewerbe gastronomisch
Gebäude
Geburt Geburtshilfe
Gebühr
Gefahr Gefährdung gefährdet
Gefängnis
Gehalt
gehörlos Gehörlosigkeit Gehörloser
geistig
Geld
Gemeinde
gemeinnützig
Gemeinschaft gemeinsam
Generation
Genesung
gering geringfügig
Geschichte
Geschlecht
Gesellschaft
gesetzlich Gesetz
Gesellschafter=
Gespräch
Gesundheit gesund gesundheitlich
Gewalt gewalttätig
Gewerkschaft
Gewerbe gewerblich
Glück
Glücksspiel
Gleichstellung
Gründung gründen Gründer
Grund
Grundschule=Schule
Grundsicherung=
Grün
Gruppe
Gutschein
Gymnasium
Gymnastik
Haft Häftling Inhaftierter inhaftiert Haftentlassung Haftentlassener=Haft
Halle
Hand
Handel
Händler
Handicap
Handwerk= Handwerker= handwerklich=
Handy
Haupt
Hauptschule=Schule
Haus
Hausaufgaben
Haushalt= hauswirtschaftlich Hauswirtschaft
häuslich
Hausmeister=
Hebamme
Heil
Heim
Heimat=
Heizung
Helfer
Herkunft
Hilfe helfen
Hinweis
Hochschule=Schule
Hof
Holz
Hort
Hospiz
Hotel
Hygiene
Hören
Hörbehinderung
hörgeschädigt schwerhörig Schwerhörigkeit
Imbiss
Impfung
individuell
Industrie
Information informieren Info
Initiative
Inklusion inklusiv
Inklusionsbetrieb=
Insolvenz insolvent
Institut
Integration integrieren integrativ
Integralrechnung=
Intensiv
interkulturell
Internet
Intervention
IT
Jahr
Job
Jobcenter=
Jugend jugendlich Jugendlicher
jung Junger
Junge Jungs
Justiz
Kammer
Kasse
Kaufmann Kauffrau kaufmännisch Kaufleute
Kaufhaus=
Kfz
Kind kindlich Kindheit
Kindergarten=Kind
Kindertagesstätte=Kind
Kinderkrippe=Kind
Kindergeld=Kind
Kirche kirchlich
Kita
Klasse
Kleid Kleidung
Klinik klinisch
Koch kochen
Kollege
Kommune kommunal
Kompetenz
Konflikt
Kontakt
Konto
Konzept
Koordination koordinieren Koordinator Koordinierung
Körper körperlich
Kosmetik
Kosten kostenlos
Kraft
krank Krankheit Erkrankung Kranker kränklich erkrankt Erkrankte
Krankenhaus=
Krankenkasse=
Krankenversicherung=
Krankenwagen=
Krebs
Kreativ kreativ
Kreis
Krippe
Krise
Küche
Kultur kulturell
Kunde
Kunst Künstler
Kur
Kurier=
Kurs
Kurz
Laden
Lager Lagerist
Land
Landwirtschaft
Langzeit
langzeitarbeitslos Langzeitarbeitslosigkeit Langzeitarbeitsloser
Leben lebend
Lebenshilfe=
Lebensmittel=
ledig
leer
Lehre Lehrling
Lehrer
Lehrgang=
Lehrstelle=
Leib
leicht
Leistung
Leitung leiten Leiter
Lernen lernen Lerner
Lesen lesen
Lesbe lesbisch
Liebe
Linie
Lohn
Logistik
Logopädie Logopäde
Mädchen
Mahlzeit
Maler
Management Manager
Mann männlich Männer
Markt
Maschine
Maßnahme
Material
Mathematik Mathe
Mechanik Mechaniker
Mechatronik Mechatroniker
Medien medial
Medizin medizinisch Mediziner
Mehr
Meister
Mensch
Menschenrecht
Messe
Metall
Miete Mieter
Migration Migrant Migrationshintergrund
Minderjähriger minderjährig
Minijob=
Missbrauch
Mitarbeiter= 
Mittag
Mittelschule=Schule
Möbel
mobil Mobilität
Modul
Motivation motivieren
Mutter
Mütterzentrum=Mutter
Nachbar Nachbarschaft
Nachhilfe
Nachmittag
Nachsorge
Nacht
Nähe
Nähen
Natur
Netz
Netzwerk=
Neuro neurologisch Neurologe
Not
Notar=
Notfall
Notunterkunft=
Nutzer
Obdach
obdachlos Obdachlosigkeit Obdachloser
offen
Öffentlich öffentlich Öffentlichkeit
Online
Opfer
Organisation
Orientierung orientieren
Ort
Pädagogik pädagogisch Pädagoge
Paar
Papier
Partei
Partner Partnerschaft
Pate Patenschaft
Patient
Pension
Personal
Person persönlich
Pfarr
Pflege pflegen Pfleger pflegend Pflegender
Pflegekind
Pflicht
Pflug=
Physiotherapie Physiotherapeut
Platz
Polizei
Politik
Praktikum Praktika Praktikant
Praxis praktisch
Prävention präventiv
Privat
Problem
Produktion
Profil
Programm
Projekt
Prostitution
Prozess
Prüfung
psychiatrisch Psychiatrie Psychiater
psychisch Psyche
Psychologie psychologisch Psychologe
psychosozial
Psychose
Psychotherapie Psychotherapeut psychotherapeutisch
Putzen
Qualifizierung qualifizieren Qualifikation qualifiziert
Quartier
Rat
Rathaus=
Raum
Rauch rauchen
Realschule=Schule
Recht rechtlich
Rechnung=
Regel
regulär
Region regional
Rehabilitation rehabilitativ Rehabilitand Reha
Reinigung reinigen Reinigungskraft
Religion
Rente Rentner
Renovierung renovieren
Reparatur reparieren
Ressource
Rettung
Rheuma
Richter=
Rollstuhl=
Rückkehr Rückkehrer
Ruhe
Sanierung
Sanitär
Säugling
Schein
Scheidung geschieden
Schicht
Schlichtung
Schlaf
Schreiben schreiben
Schreiner Schreinerei Tischler Tischlerei
Schritt
Schuld Schulden Schuldner verschuldet überschuldet Überschuldung Verschuldung schuldenfrei
Schule schulisch Schüler
Schulung schulen
schwanger Schwangerschaft Schwangere
Schweißen Schweißer
schwer
Schwester
schwerbehindert Schwerbehinderung Schwerbehinderter
schwul
Seele seelisch
Sehen
Sekretariat
Selbst
selbständig selbstständig Selbständigkeit Selbstständigkeit
Selbsthilfe=
Seminar
Senior
Service
sexuell Sexualität Sexual
Sicherheit sicher
Sicherung sichern
Siedlung
Sinne
Soforthilfe
Sorge
sozial Soziales
Sozialarbeit Sozialarbeiter
Sozialversicherung=
sozialversicherungspflichtig=
Spiel spielen Spieler
Sport
Sprache sprachlich
Sprech
Staat
Stadt städtisch
Stadtteil
Stärkung
Stätte
Stelle
Stiftung
Stillen
Straf Strafe
straffällig Straffälliger Straffälligkeit
Straße
Streetwork Streetworker
Strom
Studium studieren Student Studierender
Stufe
Sucht süchtig Süchtiger suchtkrank
Suche
Suizid Selbstmord Selbsttötung suizidal lebensmüde
System
Tafel
Tag
Tagesmutter=
Tagespflege Kindertagespflege
taub Taubheit
Team
Technik technisch Techniker
Teil
Teilhabe
Teilzeit
Telefon telefonisch
Termin
Test
Theater
Therapie Therapeut therapeutisch
Tier
Trainer
Training trainieren
Transport
Trauer trauern
Trauma traumatisiert Traumatisierung
Treff Treffpunkt
Trennung getrennt
Übergang
Übergabe
Übersetzung übersetzen Übersetzer
Überlastung
Übung
Umschulung umschulen
Umwelt
Umzug
Unfall
unabhängig Unabhängigkeit
Universität
Unterhalt
Unterkunft
Unternehmen Unternehmer
Unterricht
Unterstützung unterstützen
Vater
Verband
Verbraucher
Verein
Verfahren
Verhalten
Verkauf Verkäufer verkaufen
Verkehr
Verlag
Vermittlung vermitteln Vermittler
Verpackung
Versicherung
Versorgung
Vertretung
Verwaltung
Verwandt
Vollzeit
Vorbereitung vorbereiten
Vormund
Vorsorge
Wäsche Wäscherei
Wasser
Weg
Weiterbildung weiterbilden
Werk
Werkstatt=
Wesen
Wiedereinstieg
Wirtschaft
Wissen
Woche
Wohl
Wohlfahrt=
Wohngeld=
Wohnung wohnen Wohn
wohnungslos Wohnungslosigkeit Wohnungsloser
Zahn
Zeit
Zeitung
Zentrum
Zertifikat
Zeugnis
Ziel
Zimmer
Zivil
Zoll
Zukunft
Zulage
Zuschuss
Zuwanderung Zuwanderer zugewandert zuwandern Einwanderung Einwanderer eingewandert
Zwang
Zustand
Gedanke
Attacke
Anfall
Situation
Schwierigkeit
Hintergrund
Falle
Last
Zug
Aids HIV
Essstörung Magersucht Bulimie
Störung gestört
Spektrum
Mobbing
Pubertät
Enkel
Großeltern Oma Opa
Geschwister
Haustier
Schrei
Mediation Mediator
Anti
Deeskalation
Aggression aggressiv
Aussiedler Spätaussiedler
Landkreis=
Nachweis
Ausweis
Einbürgerung einbürgern
Aufenthalt
Duldung geduldet
Kirchenkreis
Bischof
Bistum
Caritas
Malteser
Johanniter
Paritätisch paritätisch Paritätischer
Arbeiterwohlfahrt=
Volkshochschule=
Kleingruppe
Großküche=Küche
groß
klein
neu
alternativ
ambulant
stationär
teilstationär
aufsuchend
katholisch
evangelisch
jüdisch
muslimisch
medizinisch-beruflich
kostenfrei
anonym
vertraulich
mehrsprachig
weiblich
männerspezifisch
europäisch Europa
international
bundesweit
türkisch Türkisch Türke
arabisch Arabisch Araber
russisch Russisch Russe
ukrainisch Ukrainisch Ukrainer Ukraine
polnisch Polnisch Pole
persisch Farsi Dari
kurdisch Kurde
französisch
spanisch
italienisch
griechisch
rumänisch Rumäne
bulgarisch Bulgare
serbisch
albanisch
Roma
Sinti
Syrer Syrien syrisch
Afghane Afghanistan afghanisch
Ausgleich
Eingang
Einzelfall
Fonds
Gemeinwesen
Gewinn
Grundbildung
Grundlage=
Grundarbeitsfähigkeit
Gruppenraum
Hauptbahnhof=
Heilpädagogik
Kurzarbeit=
Leiharbeit=
Zeitarbeit=
Schwarzarbeit=
Leistungsempfänger
Empfänger
Empfang
Mittler
Nest
Ordnung
Pass
Pause
Quali
Rechner
Reise
Reserve
Schade
Schaden
Schatz
Sonder
Sozialamt
Sparen
Spende
Statt
Steuer
Strategie
Tausch
Teller
Tisch
Verfolgung
Verlust
Verletzung
Verzicht
Wald
Welt
Wert
Wiese
Wunsch
Würde
Zirkel
Grafik
Design
Montage
Verwertung
Recycling
Sammlung
Upcycling
Tier
Pferd
Hund
Musik
Tanz
Yoga
Schwimmen
Fußball
Turnen
Wandern
Gebärde
Schrift
Lotse
Guide
Mentor Mentoring
Sprachmittlung=
Sprachmittler
Stadtteilmutter
Elternzeit
Elterngeld
Kinderzuschlag
Mahnung
Pfändung
Inkasso
Gerichtsvollzieher=
Gericht
Klage
Widerspruch
Bescheid
Sanktion
Regelsatz
Bedarfsgemeinschaft=
Räumung
Kündigung kündigen
Wohnberechtigung
Nebenkosten
Heizkosten
Gas
Kredit
Schufa
Haushaltsplan
Rechtsanwalt=Anwalt
Vollmacht
Testament
Sterbe sterben
Hinterbliebener
Tod
Palliativ palliativ
Beschneidung
Menschenhandel
Zwangsheirat
Stalking
Vergewaltigung
Täter
Bewährung
Strafvollzug
Vollzug
Resozialisierung
Wiederholung
Glaube
Trans transgeschlechtlich
Queer queer LSBTI
Identität
Kopf
Rücken
Schmerz
Herz
Lunge
Niere
Multiple
Epilepsie
Parkinson
Schlaganfall
Querschnitt
Long
Covid Corona
Erschöpfung
Stress
Sehbehinderung sehbehindert
Körperbehinderung körperbehindert
Lernbehinderung lernbehindert
Lernschwäche
Legasthenie
Hyperaktivität
Förderschule=Schule
Werkraum
Tätigkeit tätig
Tagwerk
Nachhaltigkeit nachhaltig
Anschluss
Abbruch Abbrecher
Wiederaufnahme
Perspektive
Potenzial
Feststellung
Eignung
Stabilisierung stabilisieren
Belastung belastet
Resilienz
Struktur
Erstausstattung=
Ausrüstung
Pkw
Lkw
Gabelstapler Stapler
Schiff
Flug
Luft
Kran
Straßenbahn
Ticket
Fahrkarte
Fahrschule=
Fahrzeug
Bauhof
Dachdecker
Fliesenleger
Maurer
Installateur
Anlagenmechaniker
Schlosser
Zerspanung
Dreher
Fachkraft
Hilfskraft
Aushilfe
Verkäufer
Kellner
Bäckerei
Metzger Fleischer
Altenpflege
Krankenpflege
Heilerziehung
Sozialassistent
Kinderpfleger
Fachwirt
Betriebswirt
Programmierer
Informatik Informatiker
Kosmetiker
Florist
Gebäudereiniger
Haustechnik
Wachdienst
Security
Lieferdienst
Post
Paket
Callcenter
Versand
Stand
Station
Untersuchung untersuchen
Adresse
Geschäft geschäftlich
Landschaft
Haltestelle=
Annahmestelle=
Interesse interessieren
Mitglied
Gasse=
Allee=
Anstalt
Ruf
`;

/** Short words that compounds often end in, whatever stands before them. Others are met there by chance as well: Support, Interessen. */
export const SHORT_HEADS = `
Haus Heim Kurs Hof Werk Club Treff Büro Kita Markt Laden Team Kreis Platz Raum Camp Café Hilfe Praxis Kasse Messe Lager Halle Bahn
Bahnhof Forum Börse Kammer Firma Hort Klinik Küche Stadt Dorf Wald Sport Musik Zeit Geld Lohn Berg Burg Feld Park Turm Brief
`;

/** Everyday words that are no subject of their own: known, so that no typo is seen in them. */
export const EVERYDAY = `
Abbau Aktion Anfang Anfrage Antwort Apfel Aufgabe Auge Bein Berg Bild Birne Blatt Bluse Boden Bohne Boot Brot Bruder Butter Dank Decke
Ding Ecke Ei Ende Ente Erde Erfolg Feld Fenster Fest Feuer Fisch Flasche Fleisch Fluss Form Frage Friede Frist Futter Gans
Gefühl Geist Glas Gott Graben Gras Grenze Gruß Haar Hafen Hals Haltung Hemd Himmel Hose Hut Idee Insel Jacke Kaffee Kalender Kamera
Karte Katze Keller Kette Kiste Knie Knopf König Korb Kuchen Kugel Lampe Licht Lied Liste Löffel Macht Maus Meer Messer Milch Mode
Moment Mond Monat Moor Morgen Motor Mund Nagel Name Nase Netz Nummer Ohr Park Pilz Plan Preis Prinz Puppe Rand Rasen Rede Regen
Reich Reihe Ring Rock Rolle Rose Sache Saft Salz Sand Satz Schal Schere Schnee Schuh Schwein See Seite Sessel Sinn Socke Sohn
Sommer Sonne Spaß Stein Stern Stift Stimme Stoff Stück Stuhl Stunde Suppe Tante Tasche Tasse Tat Teppich Tochter Tor Traum Treppe
Tür Turm Uhr Vogel Volk Wagen Wahl Wand Wein Wetter Wind Winter Wolke Wort Wurst Zahl Zaun Zeichen Zettel Zucker Zunge
gut besser schön schlecht lang kurz hoch tief schnell langsam warm kalt heiß rot blau gelb weiß schwarz alt stark schwach
gehen kommen sehen nehmen geben stehen liegen sitzen laufen fragen sagen reden hören denken leben wissen kennen lieben essen
trinken kaufen zahlen tragen ziehen halten fallen lassen stellen legen setzen bringen holen schicken öffnen schließen
Notiz Kleber Malteser Schlager Spitze Hausen Kunde Rasse Hammer Heide Lage
Montag= Dienstag= Mittwoch= Donnerstag= Freitag= Samstag= Sonntag= Feiertag= Qualität= Feedback= Buchstabe= Gläubiger= Schwerpunkt= Vertrag
Beispiel= Vorbild= Verdienst= Urteil= Vorteil= Nachteil= Gegenteil= Mitteilung= Verhandlung= Abteilung= Bedingung= Gewissen= Geheimnis=
Konkurs= Konkurrent= Referent= Direktor= Moderator= Apparat= Resultat= Zitat= Methode= Kamerad= Distanz= Instanz= Kompass= Anpassung=
Aufwand= Verdacht= Bezug= Umfang= Empfehlung= Antwort= Verantwortung= Sprungbrett= Stockwerk= Bauwerk= Feuerwerk= Kraftwerk=
Urlaub= Alarm= Plastik= Etage= Garage= Massage= Moderne= Kalender= Termin= Import= Export= Support=
rechtzeitig= vielleicht= willkommen= erfolgreich= regelmäßig= insbesondere= grundlegend= sowohl= obwohl= deswegen= möglichst= wahrscheinlich=
umfangreich= zahlreich= hilfreich= erreichbar= ehemalig= insgesamt= gesamt=
`;

/** Words that are met by everything, and so ask for nothing. */
export const STOPWORDS = `
aber alle allem allen aller alles als am an ander andere anderen auch auf aus bei beim bin bis bist da dabei damit dann das dass dein
dem den denn der des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines
er es etwas euch euer für gegen gibt hab habe haben hat hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem
jeden jeder jedes kann kein keine keinen können man mein meine meinem meinen meiner mich mir mit nach nicht noch nur ob oder ohne per
sehr sein seine seinem seinen seiner sich sie sind so sowie über um und uns unser unsere unserem unseren unserer unter vom von vor
wann war was weil welche wenn wer werden wie wir wird wo zu zum zur zwischen bzw etc ggf inkl usw evtl
the and of for
`;

/** Beside other words these ask for nothing more: "Angebote für Menschen mit Behinderung" is about Behinderung. */
export const SOFT = `
Mensch Person Leute Betroffener Angebot Problem Frage Thema brauchen suchen gesucht Suche möchten wollen bekommen finden machen kriegen
beantragen Möglichkeit jemand neu dringend Nähe Umgebung Ort gut Tipp Adresse Anlaufstelle Ansprechpartner Zustand Gedanke Attacke Anfall
Sorge Situation Erfahrung Hintergrund Bedarf Schwierigkeit
`;

/** In a query with another word beside it, each of a line may stand for the others: Drogenhilfe, Drogenberatung. */
export const LIKE_HEADS = `
Hilfe Beratung Unterstützung
Betreuung Begleitung Hilfe
Kurs Training Schulung Lehrgang Unterricht Seminar lernen
Stelle Platz Job
Heim Unterkunft Haus
Dienst Service
Treff Gruppe
`;

/** Last parts that mostly mean something else than the word alone, which is met after these words only: a job, no Beratungsstelle. */
export const NARROW_HEADS = `
Stelle Arbeit Ausbildung Lehre Praktikum Vollzeit Teilzeit Job Beschäftigung Lager Pflege Fach
`;

/** Where a longer word ends so, it means the same without: Suchtberatungsstelle. The word before must be one of ACTIVITIES. */
export const EMPTY_HEADS = 'Stelle Zentrum Angebot Einrichtung Dienst Büro Service Gruppe Verein Team';
export const ACTIVITIES =
  'Beratung Vermittlung Betreuung Hilfe Pflege Therapie Förderung Begleitung Bildung Migration Selbsthilfe Integration Reinigung';

/** Of nearly the same meaning, alone and within longer words: each of a line may stand for its first, and its first for each. */
export const KIN = `
Sucht Droge Alkohol Abhängigkeit Glücksspiel Entgiftung
Droge Sucht Abhängigkeit
psychisch Seele Depression Burnout Angst Psychose psychiatrisch psychosozial Psychologie Psychotherapie Trauma Überlastung
Depression Burnout Erschöpfung
arbeitslos erwerbslos langzeitarbeitslos
Migration Zuwanderung Ausland Aussiedler Integration
Flucht Asyl
Senior Alter Rente
Jugend jung
Ehe Paar Partner
Ausbildung Lehre
Wohnung Unterkunft
Weiterbildung Fortbildung Umschulung Qualifizierung Schulung Kurs
Umschulung Ausbildung
Mobbing Konflikt
Suizid Krise Sterbe psychisch
obdachlos wohnungslos Obdach
Schuld Insolvenz Entschuldung Kredit Inkasso Pfändung
Behinderung Handicap Beeinträchtigung schwerbehindert Körperbehinderung Lernbehinderung Sehbehinderung
Körperbehinderung Rollstuhl
gehörlos taub hörgeschädigt Gebärde
blind Sehbehinderung
deutsch Sprache
Computer EDV IT digital
Reinigung Putzen
Kleid Textil
Strom Energie Gas
Haft Gefängnis straffällig
Gründung selbständig Existenz
Gewalt Opfer Missbrauch Stalking Vergewaltigung
Arzt Medizin
Rehabilitation Eingliederung
Teilhabe Inklusion
Arbeit Beschäftigung Job Stelle
Übersetzung Dolmetscher
Fahrrad Rad
Autismus Asperger
Essstörung Ernährung
Kita Hort Krippe
Hebamme Geburt
Recht Anwalt
Gesundheit krank
Freiwillig Ehrenamt
Trauer Hospiz Sterbe
Lesen Alphabetisierung
Schreiben Alphabetisierung
Lager Logistik
Garten Grün
Umzug Transport
Möbel Einrichtung
`;
