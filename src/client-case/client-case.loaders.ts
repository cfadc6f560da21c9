import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { Consent } from '../consent/consent.entity.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { type ClientCase, ClientCaseHealth } from './client-case.entity.js';
import { casesAmong } from './client-case.query.js';

/** The case, if the viewer works on it. */
export const ownCase = (em: EntityManager, viewer: Viewer): DataLoader<string, ClientCase | null> =>
  new DataLoader(async ids => {
    const cases = new Map((await casesAmong(em, viewer, ids)).map(one => [one.id, one]));
    return ids.map(id => cases.get(id) ?? null);
  });

/** Needs and accessibility, for a case that was shown. */
export const healthOfCase = (em: EntityManager): DataLoader<string, ClientCaseHealth | null> =>
  new DataLoader(async ids => {
    const rows = await em.find(ClientCaseHealth, { clientCase: { $in: [...ids] } });
    const found = new Map(rows.map(row => [row.clientCase.id, row]));
    return ids.map(id => found.get(id) ?? null);
  });

/** The consents of a case that was shown, newest first. */
export const consentsOfCase = (em: EntityManager): DataLoader<string, Consent[]> =>
  new DataLoader(async ids => {
    const orderBy = { givenOn: 'desc', createdAt: 'desc', id: 'desc' } as const;
    const consents = await em.find(Consent, { clientCase: { $in: [...ids] } }, { orderBy });
    const found = Map.groupBy(consents, consent => consent.clientCase.id);
    return ids.map(id => found.get(id) ?? []);
  });
