/** How much of what comes from outside is read. */
export interface FileLimits {
  /** Bytes of one file, unpacked. */
  fileBytes: number;
  /** Bytes of all files together, unpacked. */
  totalBytes: number;
  /** Files and folders. */
  entries: number;
  /** Folders within folders. */
  depth: number;
  /** Unpacked to packed, of an entry and of the whole zip, from `ratioFrom` unpacked bytes on. */
  ratio: number;
  ratioFrom: number;
  /** Bytes of a row of a CSV. */
  recordSize: number;
  /** Characters and values of a record of JSON, which may hold a whole organisation. */
  jsonSize: number;
  jsonValues: number;
  /** Characters of a cell. */
  cellSize: number;
  columns: number;
  /** Arrays and objects within each other, in JSON. */
  nesting: number;
}

const MIB = 2 ** 20;

/** A district's whole feed fits many times over; what does not is a mistake or an attack. */
export const DEFAULT_FILE_LIMITS: FileLimits = {
  fileBytes: 2048 * MIB,
  totalBytes: 4096 * MIB - 1,
  entries: 1_000,
  depth: 8,
  // Deflate ends at 1,032; a repetitive table reaches 50.
  ratio: 250,
  ratioFrom: 8 * MIB,
  recordSize: 4 * MIB,
  jsonSize: 32 * MIB,
  jsonValues: 500_000,
  cellSize: MIB,
  columns: 1_000,
  nesting: 32,
};
