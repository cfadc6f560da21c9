import { Role } from '../viewer/viewer.rules.js';
import type { OF_PERSONAS } from './partners/personas.data.js';

/** An invented person with an account. Only those whose subject is a persona's name can sign in. */
export interface DemoPerson {
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
  /** Slug of the network, for the roles that have one. */
  readonly network?: string;
  /** For editors: the network whose persona partner is theirs. */
  readonly edits?: keyof typeof OF_PERSONAS;
}

const caseworker = (subject: string, name: string, network: string): DemoPerson => ({
  subject,
  name,
  role: Role.CASEWORKER,
  network,
});

const coordinator = (subject: string, name: string, network: string): DemoPerson => ({
  subject,
  name,
  role: Role.COORDINATOR,
  network,
});

/** Caseworkers stand in the order in which cases are dealt out; personas first. */
export const PEOPLE: readonly DemoPerson[] = [
  caseworker('caseworker-aachen', 'Jana Vennhoff, Fallmanagerin', 'aachen'),
  caseworker('aachen-2', 'Emre Wurmbach, Integrationsfachkraft', 'aachen'),
  caseworker('aachen-3', 'Petra Indemann, Integrationsfachkraft', 'aachen'),
  caseworker('aachen-4', 'Lukas Rurstein, Fallmanager', 'aachen'),
  caseworker('caseworker-wuppertal', 'Oliver Talbrück, Fallmanager', 'wuppertal'),
  caseworker('wuppertal-2', 'Selin Höhenrath, Integrationsfachkraft', 'wuppertal'),
  caseworker('wuppertal-3', 'Katrin Bandwirth, Integrationsfachkraft', 'wuppertal'),
  caseworker('unna-1', 'Markus Sesekamp, Integrationsfachkraft', 'unna'),
  caseworker('unna-2', 'Oksana Hellwegen, Fallmanagerin', 'unna'),
  caseworker('caseworker-bochum', 'Daria Schachtner, Fallmanagerin', 'bochum'),
  caseworker('bochum-2', 'Tobias Flözer, Integrationsfachkraft', 'bochum'),
  caseworker('caseworker-dortmund', 'Ayla Emscherholt, Integrationsfachkraft', 'dortmund'),
  caseworker('dortmund-2', 'Stefan Hüttenkamp, Fallmanager', 'dortmund'),
  {
    subject: 'partner-aachen',
    name: 'Birgit Indenbrück, Teamleitung Beratung',
    role: Role.PARTNER_EDITOR,
    network: 'aachen',
    edits: 'aachen',
  },
  {
    subject: 'partner-wuppertal',
    name: 'Yusuf Stegmar, Teamleitung Coaching',
    role: Role.PARTNER_EDITOR,
    network: 'wuppertal',
    edits: 'wuppertal',
  },
  coordinator('coordinator-aachen', 'Helga Netzbrand, Netzwerkkoordinatorin', 'aachen'),
  coordinator('coordinator-wuppertal', 'Jörg Schwebebrink, Netzwerkkoordinator', 'wuppertal'),
  coordinator('coordinator-unna', 'Miriam Hellbecke, Netzwerkkoordinatorin', 'unna'),
  coordinator('coordinator-bochum', 'Anke Flözbrandt, Inklusionsbeauftragte', 'bochum'),
  coordinator('coordinator-dortmund', 'Kemal Westhütter, Netzwerkkoordinator', 'dortmund'),
  { subject: 'auditor', name: 'Dr. Nils Aktenfeld, Datenschutzbeauftragter', role: Role.AUDITOR },
  { subject: 'admin', name: 'Ruth Serverin, Anwendungsbetreuerin', role: Role.ADMIN },
];
