import { contactWriters, phoneWriter } from './hsds-common-rows.rules.js';
import { column, type FieldWriter, textOf } from './hsds-out.rules.js';
import { coded } from './hsds-own-terms.rules.js';

/** A partner as an organisation. */
export const PARTNER_WRITERS: readonly FieldWriter[] = [
  column('name', 'name'),
  column('alternateName', 'alternate_name'),
  column('description', 'description'),
  column('email', 'email'),
  column('website', 'website'),
  {
    fields: ['parent'],
    columns: ({ document, publishedIdOf }) => {
      const parent = textOf(document.parent);
      return { parent_organization_id: parent === null ? null : publishedIdOf(parent) };
    },
  },
  coded('organization', 'kinds', 'partner-kind'),
  phoneWriter('organization_id'),
  ...contactWriters('organization', 'organization_id'),
];
