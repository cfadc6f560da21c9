import type { Candidate, Question, Site } from '../../src/match/match.rules.js';
import { DeliveryMode, ServiceStatus } from '../../src/service/service.rules.js';
import { EARTH_RADIUS_KM } from '../../src/shared/geo.rules.js';

/** A Wednesday noon. */
export const NOW = new Date('2026-06-10T12:00:00+02:00');
export const TODAY = '2026-06-10';

export const ESCHWEILER = '05334012';
export const BOCHUM = '05911000';

const DEGREE_KM = (EARTH_RADIUS_KM * Math.PI) / 180;
const HOME = { latitude: 50.8, longitude: 6.2 };

export const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);

/** A site so many km to the north of where the client lives. */
export const siteAt = (km: number, accessibility: Site['accessibility'] = {}, id = `site-${km}`): Site => ({
  id,
  latitude: HOME.latitude + km / DEGREE_KM,
  longitude: HOME.longitude,
  accessibility,
});

/** A service that fits everything that `question()` asks. */
export const candidate = (own: Partial<Candidate> = {}): Candidate => ({
  service: 'service',
  status: ServiceStatus.ACTIVE,
  intakePausedUntil: null,
  closedIntake: null,
  levelsBelow: 0,
  inArea: true,
  sites: [siteAt(1)],
  deliveryModes: [DeliveryMode.ON_SITE],
  languages: ['de'],
  interpretation: false,
  needs: [],
  minimumAge: null,
  maximumAge: null,
  criteria: [],
  instruments: [],
  freePlaces: null,
  freeIsCoarse: false,
  reportedAt: null,
  waiting: null,
  expectedWaitDays: null,
  acceptedIn90Days: 0,
  answers: [],
  confirmedAt: null,
  withinReach: true,
  ...own,
});

/** A question that asks for nothing beyond the category and where the client lives. */
export const question = (own: Partial<Question> = {}): Question => ({
  municipality: ESCHWEILER,
  from: HOME,
  languages: [],
  needs: [],
  accessibility: [],
  preferredAccessibility: [],
  age: null,
  maximumDistanceKm: null,
  requireFreePlace: false,
  ...own,
});
