import { registerEnumType } from 'type-graphql';
import { Role } from './viewer.rules.js';

registerEnumType(Role, {
  name: 'Role',
  description: 'What somebody may do, within a network or for a partner.',
  valuesConfig: {
    CASEWORKER: { description: 'Integrationsfachkraft, Fallmanager: opens cases and refers clients.' },
    PARTNER_EDITOR: { description: "Keeps a partner's record and answers its referrals." },
    COORDINATOR: { description: 'Netzwerkkoordination: sees how a network does, and no client.' },
    AUDITOR: { description: 'Datenschutz: who saw what, and why.' },
    ADMIN: { description: 'Runs the hub.' },
  },
});
