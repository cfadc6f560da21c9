import { lstat, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { finding } from './finding.rules.js';
import { folderFiles } from './folder.js';
import { DEFAULT_FILE_LIMITS, type FileLimits } from './limits.rules.js';
import { plainFile } from './plain-file.js';
import type { FindingReport } from './report.js';
import { SourceFault, unreadable } from './source-fault.js';
import type { FileSource, SourceFile } from './source-file.js';
import { openZip } from './zip.js';

export interface SourceOptions {
  limits?: Partial<FileLimits>;
  /** Told of each piece that was read. */
  onBytes?: (bytes: number) => void;
}

/**
 * Opens a folder, a zip, or one file. Whatever may not be read is left out and told to the report; where nothing can be
 * read, the source is empty and the report holds an error. The path itself may be a link: its owner gave it. Links
 * inside are not followed.
 */
export async function openSource(
  path: string,
  report: FindingReport,
  { limits: own, onBytes }: SourceOptions = {},
): Promise<FileSource> {
  const limits = { ...DEFAULT_FILE_LIMITS, ...own };
  const told = await content(path, report, limits);
  const files = told.files.map(file => counted(file, onBytes));
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  return { kind: told.kind, files, totalBytes, limits, close: told.close ?? (async () => {}) };
}

/** What each kind of source answers. */
interface Content {
  kind: FileSource['kind'];
  files: readonly SourceFile[];
  close?: () => Promise<void>;
}

async function content(path: string, report: FindingReport, limits: FileLimits): Promise<Content> {
  const name = basename(path);
  try {
    const real = await realpath(path).catch(error => Promise.reject(unreadable(error)));
    const stat = await lstat(real);
    if (stat.isDirectory()) return { kind: 'folder', files: await folderFiles(real, report, limits) };
    if (!stat.isFile()) throw new SourceFault('UNREADABLE', 'no regular file');
    if (/\.zip$/i.test(path)) return { kind: 'zip', ...(await openZip(real, report, limits)) };
    if (stat.size === 0) throw new SourceFault('EMPTY', '');
    if (stat.size > limits.fileBytes) throw new SourceFault('TOO_LARGE', `${stat.size} bytes`);
    return { kind: 'file', files: [plainFile(real, name, stat.size)] };
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    report.add(finding({ file: name }, error.code, error.value));
    return { kind: 'file', files: [] };
  }
}

const counted = (file: SourceFile, onBytes?: (bytes: number) => void): SourceFile =>
  onBytes
    ? {
        ...file,
        async *read() {
          for await (const piece of file.read()) {
            onBytes(piece.length);
            yield piece;
          }
        },
      }
    : file;
