import { FieldGroup, type RecordKind, RecordName } from '../record/record.rules.js';
import { PartnerStatus } from './partner.rules.js';

/** What its editors keep of a partner. */
export const PARTNER_RECORD: RecordKind = {
  name: RecordName.PARTNER,
  table: 'partner',
  partner: 't.id',
  network: 't.network_id',
  owners: ({ network }) => ({ network_id: network }),
  merges: true,
  fields: {
    name: { column: 'name', de: 'Name', en: 'Name', group: FieldGroup.PROFILE, reviewed: true },
    alternateName: { column: 'alternate_name', de: 'Kurzname', en: 'Short name', group: FieldGroup.PROFILE },
    kinds: {
      column: 'kinds',
      set: true,
      initially: [],
      de: 'Arten',
      en: 'Kinds',
      group: FieldGroup.PROFILE,
      reviewed: true,
    },
    description: { column: 'description', de: 'Beschreibung', en: 'Description', group: FieldGroup.PROFILE },
    parent: {
      column: 'parent_id',
      names: true,
      de: 'Dachverband',
      en: 'Umbrella',
      group: FieldGroup.PROFILE,
      reviewed: true,
    },
    status: {
      column: 'status',
      initially: PartnerStatus.ACTIVE,
      de: 'Status',
      en: 'Status',
      group: FieldGroup.PROFILE,
    },
    email: { column: 'email', de: 'E-Mail', en: 'E-mail', group: FieldGroup.CONTACT },
    phone: { column: 'phone', de: 'Telefon', en: 'Phone', group: FieldGroup.CONTACT },
    website: { column: 'website', de: 'Webseite', en: 'Website', group: FieldGroup.CONTACT },
    contacts: { column: 'contacts', initially: [], de: 'Ansprechpersonen', en: 'Contacts', group: FieldGroup.CONTACT },
  },
};
