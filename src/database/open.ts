import type { Config } from '../config.js';
import { openEmbedded } from './embedded.js';
import { checkOwnDatabase } from './own-database.js';

export interface Database {
  /** As the role that serves. */
  readonly url: string;
  /** As the role that owns and migrates; null where one's own PostgreSQL is given without it. */
  readonly ownerUrl: string | null;
  readonly servingRole: string;
  readonly embedded: boolean;
  close(): Promise<void>;
}

interface Options {
  /** Is this the hub itself, which takes DATA_DIR for itself, or a command beside or without it? */
  readonly serving: boolean;
  /** Told of what goes wrong with the embedded database later. */
  readonly onFault?: (error: unknown) => void;
  /** Told once the embedded one was made to start: there is time. */
  readonly onStarting?: () => void;
}

/**
 * The database that the configuration means, reached and fit to be used; nothing is changed in it.
 *
 * @throws StartFault
 */
export async function openDatabase(config: Config, options: Options): Promise<Database> {
  const { databaseUrl: url, databaseOwnerUrl: ownerUrl } = config;
  if (!url) return { ...(await openEmbedded(config.dataDir, options)), servingRole: 'hub_app', embedded: true };
  const servingRole = await checkOwnDatabase(url, ownerUrl);
  return { url, ownerUrl, servingRole, embedded: false, close: async () => {} };
}
