import type { EntityManager } from '@mikro-orm/postgresql';
import type { Referral } from '../referral/referral.entity.js';
import type { Service } from '../service/service.entity.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { sharedUnder } from '../sharing/sharing-cover.query.js';

/** On what a referral rests where its service is of another network than its case; both null within one network. */
export interface Sharing {
  readonly sharedUnder: string | null;
  readonly giverNetwork: string | null;
}

/**
 * How a case of this network comes to the service on that day; null where it does not: the service is of another
 * network, and no agreement covers it. An agreement is locked, so that nobody ends it meanwhile.
 */
export async function sharingOf(
  tx: EntityManager,
  service: Service,
  network: string,
  day: string,
): Promise<Sharing | null> {
  if (service.network.id === network) return { sharedUnder: null, giverNetwork: null };
  const shared = await sharedUnder(tx, service.id, network, day);
  return shared && { sharedUnder: shared.id, giverNetwork: shared.giver };
}

/** Nothing new is begun at a service that its network shares no more; NOT_SHARED. It rests on what covers it now. */
export async function checkIsShared(
  tx: EntityManager,
  referral: Referral,
  service: Service,
  day: string,
): Promise<void> {
  const shared = await sharingOf(tx, service, referral.network.id, day);
  if (shared) tx.assign(referral, shared);
  else throw new Refusal(UserErrorCode.NOT_SHARED, 'Das Netzwerk des Angebots teilt es nicht mehr mit Ihrem.', ['id']);
}
