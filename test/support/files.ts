import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { ZipFile } from 'yazl';
import type { SourceFile } from '../../src/file/source-file.js';

/** A file in memory, read in pieces of `piece` bytes. */
export function fileOf(name: string, content: string | Buffer, piece = 64 * 1024): SourceFile {
  const bytes = Buffer.from(content);
  return {
    name,
    size: bytes.length,
    async *read() {
      for (let i = 0; i < bytes.length; i += piece) yield bytes.subarray(i, i + piece);
    },
  };
}

export async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of from) found.push(one);
  return found;
}

/** A folder that is gone after the tests of the file. */
export function scratch() {
  const made = mkdtemp(join(tmpdir(), 'partnernetz-files-'));
  afterAll(async () => rm(await made, { recursive: true, force: true }));
  let folders = 0;
  const path = async (name: string) => join(await made, name);
  return {
    path,
    async file(name: string, content: string | Buffer): Promise<string> {
      const at = await path(name);
      await mkdir(dirname(at), { recursive: true });
      await writeFile(at, content);
      return at;
    },
    async folder(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
      const at = await path(`folder-${++folders}`);
      await mkdir(at, { recursive: true });
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(at, name)), { recursive: true });
        await writeFile(join(at, name), content);
      }
      return at;
    },
  };
}

/** The bytes of a zip; `mode` of a file is that of Unix. */
export async function zipOf(
  files: Readonly<Record<string, string | Buffer>>,
  { mode, compress = true }: { mode?: number; compress?: boolean } = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), name, { compress, ...(mode ? { mode } : {}) });
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** The same bytes with every occurrence of one text exchanged for another of the same length. */
export function exchanged(bytes: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error('not of the same length');
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

/** The offset of the first entry in a zip's directory. */
export const directoryOf = (zip: Buffer): number => zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
