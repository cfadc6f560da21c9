import { registerEnumType } from 'type-graphql';
import { CsvDelimiter, RowOutcome } from './service-table.rules.js';

registerEnumType(RowOutcome, {
  name: 'RowOutcome',
  description: 'What became of one row of many.',
  valuesConfig: {
    CREATED: { description: 'A new one was made.' },
    CHANGED: { description: 'Something was otherwise and is stored now.' },
    UNCHANGED: { description: 'It was so already.' },
    REFUSED: { description: 'Nothing of it was stored; `userErrors` say why.' },
  },
});

registerEnumType(CsvDelimiter, {
  name: 'CsvDelimiter',
  description: 'What stands between the cells of a table.',
  valuesConfig: {
    SEMICOLON: { description: 'As German spreadsheets expect it.' },
    COMMA: { description: 'As others expect it.' },
  },
});
