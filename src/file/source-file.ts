import type { FileLimits } from './limits.rules.js';

/** One file of a source. */
export interface SourceFile {
  /** Its path inside the source, with `/`. */
  readonly name: string;
  /** As told by the file system or the zip's directory; reading more than that is a fault. */
  readonly size: number;
  /** The content from the beginning, piece by piece, as fast as it is taken. Throws `SourceFault`. */
  read(): AsyncIterable<Buffer>;
}

/** What a path given by somebody holds. */
export interface FileSource {
  readonly kind: 'folder' | 'zip' | 'file';
  readonly files: readonly SourceFile[];
  /** Bytes of all files, unpacked; what a progress bar counts towards. */
  readonly totalBytes: number;
  readonly limits: FileLimits;
  close(): Promise<void>;
}
