import type { EntityManager } from '@mikro-orm/postgresql';
import type { Loaders } from '../loaders.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import type { Idempotency } from './idempotency.js';
import type { Secrets } from './secrets.js';

/** What one request works with. Handed on as it is: a spread of it has neither the entity manager nor the loaders. */
export interface Context {
  em: EntityManager;
  viewer: Viewer;
  /** The moment of the request; nothing asks for another. */
  now: Date;
  requestId: string;
  loaders: Loaders;
  secrets: Secrets;
  /** The header Idempotency-Key, whatever it says. */
  idempotencyKey?: string | undefined;
  /** Of a mutation that came with one. */
  idempotency?: Idempotency;
  /** The snapshot that is being opened, or was. */
  opening?: Promise<void>;
  /** What is to be done once the answer is made and nothing is read any more: a query does not write. */
  afterwards: (() => Promise<void>)[];
  /** Reads anew who is asking; tells whether she may do something else than before. */
  lookAgain(em: EntityManager): Promise<boolean>;
  /** Forgets what was read so far: after a write everything is read anew. */
  forget(): void;
}
