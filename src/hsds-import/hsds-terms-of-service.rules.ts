import { LONGEST_NAME, withoutMisleading } from '../record/fault.rules.js';
import { type Aggregate, numberIn, proseIn, type Remarks, rowsIn, textIn } from './hsds-aggregate.rules.js';

/** What it costs: the options with their amounts, and what is said of fees in words. */
export function costsOf(aggregate: Aggregate) {
  const options = rowsIn(aggregate, 'cost_options').map(option => {
    const amount = numberIn(option, 'amount');
    return {
      amountCents: amount === null ? null : Math.round(amount * 100),
      currency: textIn(option, 'currency')?.toUpperCase() ?? 'EUR',
      unit: null,
      free: amount === 0,
      description: sentence([textIn(option, 'option'), textIn(option, 'amount_description')]),
      validFrom: textIn(option, 'valid_from'),
      validTo: textIn(option, 'valid_to'),
    };
  });
  const words = sentence([textIn(aggregate.root, 'fees_description') ?? textIn(aggregate.root, 'fees')]);
  return [...options, ...(words === null ? [] : [{ ...IN_WORDS, description: words }])];
}

const IN_WORDS = { amountCents: null, currency: 'EUR', unit: null, free: false, validFrom: null, validTo: null };

/** What is to be brought along. */
export const documentsOf = (aggregate: Aggregate, remark: Remarks) =>
  rowsIn(aggregate, 'required_documents').flatMap(row => {
    const name = proseIn(row, 'document', LONGEST_NAME, remark)?.replace(/\s+/g, ' ') ?? null;
    return name === null ? [] : [{ name, url: textIn(row, 'uri') }];
  });

/** Whom it takes: in words, which nobody but people can check. */
export function criteriaOf({ root }: Aggregate) {
  const text = sentence([textIn(root, 'eligibility_description')]);
  return text === null ? [] : [{ effect: 'REQUIRES', needs: [], text }];
}

const sentence = (parts: readonly (string | null)[]): string | null =>
  withoutMisleading(parts.filter(part => part).join(', ')) || null;
