import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new directory for DATA_DIRs, open to the user as whom PostgreSQL runs when the tests run as root. */
export async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'partnernetz-data-'));
  await chmod(dir, 0o711);
  return dir;
}

/** Address of the embedded PostgreSQL behind another address of it, as its superuser. */
export async function superuserUrl(dataDir: string, anyUrl: string, database = 'postgres'): Promise<string> {
  const passwords = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as { superuser: string };
  const url = new URL(anyUrl);
  url.username = 'postgres';
  url.password = passwords.superuser;
  url.pathname = `/${database}`;
  return url.href;
}
