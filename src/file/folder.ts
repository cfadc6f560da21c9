import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FindingCode, finding } from './finding.rules.js';
import type { FileLimits } from './limits.rules.js';
import { isLitter } from './paths.rules.js';
import { plainFile } from './plain-file.js';
import type { FindingReport } from './report.js';
import { SourceFault, unreadable } from './source-fault.js';
import type { SourceFile } from './source-file.js';

/** The regular files of a folder and the folders in it, by name. Links are told, never followed. */
export async function folderFiles(root: string, report: FindingReport, limits: FileLimits): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  let [entries, bytes] = [0, 0];
  const tell = (name: string, code: FindingCode, value = '') => report.add(finding({ file: name }, code, value));

  async function walk(folder: string, inside: string, depth: number): Promise<void> {
    for (const name of await namesIn(join(root, folder), limits.entries - entries)) {
      const path = inside ? `${inside}/${name}` : name;
      if (isLitter(path)) continue;
      if (++entries > limits.entries) throw new SourceFault('TOO_MANY', `more than ${limits.entries} files`);
      const stat = await lstat(join(root, path));
      if (stat.isSymbolicLink()) tell(path, 'SYMLINK');
      else if (stat.isDirectory() && depth >= limits.depth) tell(path, 'TOO_MANY', `deeper than ${limits.depth}`);
      else if (stat.isDirectory()) await walk(path, path, depth + 1);
      else if (!stat.isFile()) tell(path, 'UNREADABLE', 'no regular file');
      else if (stat.size > limits.fileBytes) tell(path, 'TOO_LARGE', `${stat.size} bytes`);
      else if (bytes + stat.size > limits.totalBytes) throw new SourceFault('TOO_LARGE', `from ${path} on`);
      else {
        bytes += stat.size;
        files.push(plainFile(join(root, path), path, stat.size));
      }
    }
  }

  try {
    await walk('', '', 1);
  } catch (error) {
    const fault = error instanceof SourceFault ? error : unreadable(error);
    tell('', fault.code, fault.value);
  }
  return files;
}

/** Sorted, so that two readings of one folder say the same; one more than `most` at the utmost. */
async function namesIn(folder: string, most: number): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of await opendir(folder)) {
    names.push(entry.name);
    if (names.length > most) break;
  }
  return names.sort();
}
