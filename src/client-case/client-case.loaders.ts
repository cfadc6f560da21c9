import type { EntityManager } from '@mikro-orm/postgresql';
import { Consent } from '../consent/consent.entity.js';
import { manyPerId, onePerId } from '../shared/per-id.loaders.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { ClientCaseHealth } from './client-case.entity.js';
import { casesAmong } from './client-case.query.js';

/** The case, if the viewer works on it. */
export const ownCase = (em: EntityManager, viewer: Viewer) =>
  onePerId(
    ids => casesAmong(em, viewer, ids),
    clientCase => clientCase.id,
  );

/** Needs and accessibility, for a case that was shown. */
export const healthOfCase = (em: EntityManager) =>
  onePerId(
    ids => em.find(ClientCaseHealth, { clientCase: { $in: [...ids] } }),
    health => health.clientCase.id,
  );

const NEWEST_FIRST = { givenOn: 'desc', createdAt: 'desc', id: 'desc' } as const;

/** The consents of a case that was shown, newest first. */
export const consentsOfCase = (em: EntityManager) =>
  manyPerId(
    ids => em.find(Consent, { clientCase: { $in: [...ids] } }, { orderBy: NEWEST_FIRST }),
    consent => consent.clientCase.id,
  );
