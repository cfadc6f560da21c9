import { BigIntType } from '@mikro-orm/postgresql';

/** Column settings that entities share. Functions, since MikroORM writes into what a decorator is given. */

export const uuid = () => ({ type: 'uuid', defaultRaw: 'gen_random_uuid()' }) as const;

/** Milliseconds, as in a JavaScript Date: a finer column would make cursors skip rows. */
export const moment = () => ({ type: 'datetime', length: 3 }) as const;

export const textArray = () => ({ type: 'array', columnType: 'text[]' }) as const;

/** A list of small things that nobody looks up by: kept, compared and told as a whole. */
export const jsonList = () => ({ type: 'json', defaultRaw: `'[]'` }) as const;

/** Money in whole cents, exact up to 2^53: a bigint, which is a number in the program. */
export const cents = () => ({ type: new BigIntType('number'), columnType: 'bigint' }) as const;

/** Names sort as Germans expect: Äpfel beside Apfel. */
export const sortedName = () => ({ type: 'text', collation: 'de-x-icu' }) as const;
