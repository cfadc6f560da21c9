import { type Aggregate, lineIn, rowsIn, type Staged, textIn } from './hsds-aggregate.rules.js';
import { partsOf } from './hsds-owner.rules.js';

/** Who is asked where nothing says for what. */
const GENERAL = 'Ansprechperson';

/** The phone of the whole, not of a contact; null where there is none, or only such as nobody can dial. */
export function phoneOf(aggregate: Aggregate): string | null {
  const contacts = new Set(rowsIn(aggregate, 'contacts').map(({ key }) => partsOf(key)[1]));
  const own = rowsIn(aggregate, 'phones').filter(phone => !contacts.has(textIn(phone, 'contact_id') ?? ''));
  return own.map(dialled).find(number => number !== null) ?? null;
}

/** The people to turn to, in the order of the source. */
export function contactsOf(aggregate: Aggregate) {
  const phones = Map.groupBy(rowsIn(aggregate, 'phones'), phone => textIn(phone, 'contact_id'));
  return rowsIn(aggregate, 'contacts').map(contact => ({
    name: lineIn(contact, 'name'),
    responsibility: lineIn(contact, 'title') ?? lineIn(contact, 'department') ?? GENERAL,
    department: lineIn(contact, 'department'),
    email: textIn(contact, 'email'),
    phone: (phones.get(partsOf(contact.key)[1]) ?? []).map(dialled).find(number => number !== null) ?? null,
  }));
}

/** Some write their numbers in quotation marks, so that a spreadsheet leaves them alone. */
function dialled(phone: Staged): string | null {
  const number = textIn(phone, 'number')
    ?.replace(/^["']+|["']+$/g, '')
    .trim();
  if (!number) return null;
  const extension = textIn(phone, 'extension');
  return extension ? `${number}-${extension}` : number;
}
