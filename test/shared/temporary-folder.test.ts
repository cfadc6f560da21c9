import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { removeStrayFolders, temporaryFolder } from '../../src/shared/temporary-folder.js';

test('folders of a process that was killed are removed, those of one that lives are not', async () => {
  const own = await temporaryFolder('import');
  const { pid } = spawnSync(process.execPath, ['--version']);
  const named = (number: number) =>
    join(dirname(own), own.slice(dirname(own).length + 1).replace(/-\d+-[^-]+$/, `-${number}-Ab12Cd`));
  const [ofGone, ofBefore, ofAnother] = [named(pid), named(process.pid), named(process.ppid)];
  for (const folder of [ofGone, ofBefore, ofAnother]) {
    await mkdir(folder);
    await writeFile(join(folder, 'upload.zip'), 'names');
  }
  await removeStrayFolders();
  expect([own, ofGone, ofBefore, ofAnother].map(folder => existsSync(folder))).toEqual([true, false, false, true]);
  for (const folder of [own, ofAnother]) await rm(folder, { recursive: true });
});
