import { type Sql, sql } from '../shared/sql.js';

/** SQL: a street and house number as they are compared: folded, `Straße` and `Str.` alike, `12 a` as `12a`. */
export const streetKey = (street: Sql): Sql =>
  sql`regexp_replace(regexp_replace(fold_german(${street}), 'strasse\M', 'str', 'g'), '(\d) ([a-z])\M', '\1\2', 'g')`;

/**
 * SQL: do two rows of `location` lie at the same address? Both are in use and neither is protected: that two shelters are
 * at one address must not be told, not even by merging them.
 */
export const sameAddress = (a: Sql, b: Sql): Sql => sql`${a}.status = 'ACTIVE' and ${b}.status = 'ACTIVE'
  and not ${a}.address_protected and not ${b}.address_protected
  and ${a}.municipality_key = ${b}.municipality_key
  and ${streetKey(sql`${a}.street`)} = ${streetKey(sql`${b}.street`)}
  and coalesce(${a}.postal_code = ${b}.postal_code, true)`;
