/** What operating systems leave behind: nobody's data, and nothing to complain about. */
export const isLitter = (path: string): boolean =>
  /(^|\/)(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\.git)(\/|$)/i.test(path);

/** Whether the path of an entry is absolute, names a drive, or leaves the place where it was unpacked. */
export const climbsOut = (path: string): boolean =>
  path === '' ||
  path.includes('\0') ||
  /^([a-z]:|[\\/])/i.test(path) ||
  path.split(/[\\/]/).some(part => part === '..');

/** `services` of `export/Services.CSV`. */
export const stemOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '').toLowerCase();

/** `csv` of `export/Services.CSV`; empty where there is none. */
export const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
