import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween, completed, documentBefore, type JsonValue, same } from '../../src/record/record.rules.js';
import { SERVICE_RECORD } from '../../src/service/service-record.rules.js';

describe('what differs', () => {
  const stored = completed(SERVICE_RECORD, {
    name: 'Beratung',
    languages: ['de', 'uk'],
    criteria: [{ text: 'a', needs: null }],
  });

  test('is told of the fields that are named, with both values', () => {
    expect(changesBetween(SERVICE_RECORD, stored, { name: 'Kurs', description: null })).toEqual({
      name: { before: 'Beratung', after: 'Kurs' },
    });
  });

  test('is not the order of a set, nor a member twice', () => {
    expect(changesBetween(SERVICE_RECORD, stored, { languages: ['uk', 'de', 'uk'] })).toEqual({});
    expect(changesBetween(SERVICE_RECORD, stored, { languages: ['uk'] })).toEqual({
      languages: { before: ['de', 'uk'], after: ['uk'] },
    });
  });

  test('is the order of other lists, but not a member that is null', () => {
    expect(changesBetween(SERVICE_RECORD, stored, { criteria: [{ text: 'a' }] })).toEqual({});
    expect(changesBetween(SERVICE_RECORD, stored, { criteria: [{ text: 'a' }, { text: 'b' }] })).not.toEqual({});
  });

  test('cannot be a field that the record has not', () => {
    expect(() => changesBetween(SERVICE_RECORD, stored, { shoeSize: 44 })).toThrow('no field shoeSize');
  });
});

const FIELDS = Object.keys(SERVICE_RECORD.fields).filter(field => !SERVICE_RECORD.fields[field]!.set);
const anyValue = fc.jsonValue({ maxDepth: 2 }).map(value => value as JsonValue);
const anyEdit = fc.dictionary(fc.constantFrom(...FIELDS), anyValue, { maxKeys: 4 });

test('going back through all changes gives every document that there was', () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 8 }), edits => {
      const documents = [completed(SERVICE_RECORD, { name: 'Beratung' })];
      const history = edits.map(wanted => {
        const changes = changesBetween(SERVICE_RECORD, documents.at(-1)!, wanted);
        const after = Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change.after]));
        documents.push({ ...documents.at(-1)!, ...after });
        return changes;
      });
      for (const [version, document] of documents.entries()) {
        const back = documentBefore(documents.at(-1)!, history.slice(version).reverse());
        expect(same(back as JsonValue, document as JsonValue)).toBe(true);
      }
    }),
  );
});
