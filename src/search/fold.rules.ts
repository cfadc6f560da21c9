/**
 * German text as it is compared, exactly as the SQL function `fold_german`: lower case, without diacritics, ß as ss,
 * ae/oe/ue as ä/ö/ü (but not in Quelle, neue, Bauer), and words apart by one blank.
 */
export const foldGerman = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .replace(/(?<![aeq])([aou])e/g, '$1')
    .replace(/[^\p{L}\p{Nd}]+/gu, ' ')
    .replace(/^ +| +$/g, '');
