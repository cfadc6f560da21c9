import { registerEnumType } from 'type-graphql';
import { Role } from './viewer.rules.js';

registerEnumType(Role, {
  name: 'Role',
  description: 'What somebody may do, within a network or for a partner.',
  valuesConfig: {
    CASEWORKER: { description: 'Opens cases and refers clients (Integrationsfachkraft, Fallmanager).' },
    PARTNER_EDITOR: { description: "Keeps a partner's record and answers its referrals." },
    COORDINATOR: { description: 'Sees how a network does, and no client (Netzwerkkoordination).' },
    AUDITOR: { description: 'Data protection: who saw what, and why (Datenschutz).' },
    ADMIN: { description: 'Runs the hub.' },
  },
});
