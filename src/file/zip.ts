import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { finding } from './finding.rules.js';
import type { FileLimits } from './limits.rules.js';
import { climbsOut, isLitter } from './paths.rules.js';
import type { FindingReport } from './report.js';
import { SourceFault } from './source-fault.js';
import type { SourceFile } from './source-file.js';

interface OpenZip {
  files: SourceFile[];
  close(): Promise<void>;
}

/**
 * The files of a zip. Its directory is read first and judged before anything is unpacked; unpacking then holds each
 * entry to what the directory said of it: size and checksum.
 */
export async function openZip(path: string, report: FindingReport, limits: FileLimits): Promise<OpenZip> {
  // Names stay bytes: yauzl would give the whole archive up for one bad name.
  const zip = await yauzl
    .openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true })
    .catch(async error => Promise.reject((await noZip(path)) ?? broken(error)));
  const files: SourceFile[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  try {
    for await (const entry of entriesOf(zip)) {
      const name = nameOf(entry);
      if (isLitter(name)) continue;
      const fault = faultOf(entry, name, limits) ?? (seen.has(name) ? new SourceFault('DUPLICATE_FILE', '') : null);
      seen.add(name);
      if (seen.size > limits.entries) throw new SourceFault('TOO_MANY', `more than ${limits.entries} files`);
      if (fault) report.add(finding({ file: name }, fault.code, fault.value));
      if (fault || name.endsWith('/')) continue;
      bytes += entry.uncompressedSize;
      if (bytes > limits.totalBytes) throw new SourceFault('TOO_LARGE', `${bytes} bytes with ${name}`);
      // Entries may share their packed bytes: what counts is the archive as a whole.
      if (isBomb(bytes, zip.fileSize, limits)) throw new SourceFault('RATIO', `${bytes} bytes of ${zip.fileSize}`);
      files.push(zipFile(zip, entry, name));
    }
  } catch (error) {
    const fault = error instanceof SourceFault ? error : broken(error);
    report.add(finding({ file: path.split('/').at(-1)! }, fault.code, fault.value));
    // A bomb is refused as a whole; of a directory that is cut the entries that were read may be good.
    if (fault.code === 'RATIO' || fault.code === 'TOO_LARGE') files.length = 0;
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, close: async () => zip.close() };
}

/** Why a file that yauzl cannot open is none, by its size and first bytes; null where it might be one that is damaged. */
async function noZip(path: string): Promise<SourceFault | null> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead === 0) return new SourceFault('EMPTY', '');
    return buffer.toString('latin1', 0, 2) === 'PK' ? null : new SourceFault('NO_ARCHIVE', '');
  } finally {
    await file.close();
  }
}

async function* entriesOf(zip: ZipFile): AsyncIterable<Entry> {
  yield* zip.eachEntry();
}

const nameOf = (entry: Entry): string =>
  yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);

const FILE_TYPE = 0o170000;
const [LINK, FOLDER, REGULAR] = [0o120000, 0o040000, 0o100000];

/** Why an entry is not read. The mode of Unix is looked at whoever claims to have made the archive. */
function faultOf(entry: Entry, name: string, limits: FileLimits): SourceFault | null {
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (climbsOut(name)) return new SourceFault('UNSAFE_PATH', name);
  if (type === LINK) return new SourceFault('SYMLINK', '');
  if (type !== 0 && type !== FOLDER && type !== REGULAR) return new SourceFault('UNREADABLE', 'no regular file');
  if (entry.isEncrypted()) return new SourceFault('ENCRYPTED', '');
  if (!entry.canDecodeFileData()) return new SourceFault('BAD_ARCHIVE', `method ${entry.compressionMethod}`);
  if (name.split('/').length > limits.depth + 1) return new SourceFault('TOO_MANY', `deeper than ${limits.depth}`);
  if (entry.uncompressedSize > limits.fileBytes) return new SourceFault('TOO_LARGE', `${entry.uncompressedSize} bytes`);
  if (isBomb(entry.uncompressedSize, entry.compressedSize, limits))
    return new SourceFault('RATIO', `${entry.uncompressedSize} bytes of ${entry.compressedSize}`);
  return null;
}

const isBomb = (unpacked: number, packed: number, { ratio, ratioFrom }: FileLimits): boolean =>
  unpacked >= ratioFrom && unpacked > packed * ratio;

const zipFile = (zip: ZipFile, entry: Entry, name: string): SourceFile => ({
  name,
  size: entry.uncompressedSize,
  async *read() {
    let sum = 0;
    try {
      for await (const piece of await zip.openReadStreamPromise(entry)) {
        sum = crc32(piece, sum);
        yield piece;
      }
    } catch (error) {
      throw broken(error);
    }
    if (sum !== entry.crc32) throw new SourceFault('BAD_ARCHIVE', 'checksum');
  },
});

/** What yauzl and zlib say of a bad archive; they have no types or codes of their own for all of it. */
function broken(error: unknown): SourceFault {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof SourceFault) throw error;
  if (/unexpected end|end of central directory|unexpected EOF/i.test(error.message))
    return new SourceFault('TRUNCATED', error.message);
  return new SourceFault('BAD_ARCHIVE', error.message);
}
