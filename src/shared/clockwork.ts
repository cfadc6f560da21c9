import type { MikroORM } from '@mikro-orm/postgresql';
import type { BaseLogger } from 'pino';

/** What the work has that no request asks for but the time brings: a referral's deadline, a question after weeks. */
export interface Clockwork {
  readonly orm: MikroORM;
  /** The moment of the round: all its work sees the same. */
  readonly now: Date;
  readonly logger: Pick<BaseLogger, 'error' | 'debug'>;
  /** Aborted when the hub ends; what is left waits for the next round, of whichever hub. */
  readonly ending?: AbortSignal;
}
