import { type FieldWriter, listOf, type OutRow, rowOf, textOf } from './hsds-out.rules.js';
import { asJson } from './hsds-own-terms.rules.js';

/** Name of the column in which the rows of a table name their organisation, location or service. */
type Owner = 'organization_id' | 'location_id' | 'service_id';

interface Person {
  readonly name?: string | null;
  readonly responsibility: string;
  readonly department?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly languages?: readonly string[] | null;
}

/** The one number of the whole. */
export const phoneWriter = (owner: Owner): FieldWriter => ({
  fields: ['phone'],
  rows: writing => {
    const number = textOf(writing.document.phone);
    return number === null ? [] : [rowOf(writing, 'phones', 'own', { [owner]: writing.id, number, type: 'voice' })];
  },
  replaces: row => row.table === 'phones' && !row.values.contact_id,
});

/** People to turn to, each with a number; what there is no column for goes out beside. */
export const contactWriters = (entity: string, owner: Owner): FieldWriter[] => [
  {
    fields: ['contacts'],
    rows: writing =>
      listOf(writing.document.contacts).flatMap((one, i): OutRow[] => {
        const { name, responsibility, department, email, phone } = one as unknown as Person;
        const contact = rowOf(writing, 'contacts', i, {
          [owner]: writing.id,
          name: name ?? null,
          title: responsibility,
          department: department ?? null,
          email: email ?? null,
        });
        if (!phone) return [contact];
        return [
          contact,
          rowOf(writing, 'phones', `contact/${i}`, { contact_id: contact.id, number: phone, type: 'voice' }),
        ];
      }),
    replaces: row => row.table === 'contacts' || (row.table === 'phones' && Boolean(row.values.contact_id)),
  },
  asJson(entity, 'contacts', ({ document }) =>
    listOf(document.contacts).some(one => (one as unknown as Person).languages?.length),
  ),
];
