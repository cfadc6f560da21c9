import { CATEGORY } from './category/category.shape.js';
import { CLIENT_CASE, clientCase, clientCases } from './client-case/client-case.shape.js';
import { COVERAGE, COVERAGE_ROW, coverage } from './coverage/coverage.shape.js';
import { ACCESSIBILITY_ENTRY, LOCATION, location } from './location/location.shape.js';
import { serviceMatches } from './match/match.shape.js';
import { GEO_POINT, MUNICIPALITY } from './municipality/municipality.shape.js';
import { NEED } from './need/need.shape.js';
import { NETWORK } from './network/network.shape.js';
import { CONTACT, PARTNER, partner, partners } from './partner/partner.shape.js';
import type { Roots, Shapes } from './read-path/shape.js';
import type { WriteRoots } from './read-path/write-path.js';
import { REFERRAL, referral, referrals } from './referral/referral.shape.js';
import { serviceCapacityReport } from './service/capacity-report.actions.js';
import { AREA, CAPACITY, SERVICE, service, services } from './service/service.shape.js';

/** What the read path knows; see src/read-path/shape.ts. */
export const shapes: Shapes = {
  AccessibilityEntry: ACCESSIBILITY_ENTRY,
  Area: AREA,
  Capacity: CAPACITY,
  Category: CATEGORY,
  ClientCase: CLIENT_CASE,
  Contact: CONTACT,
  Coverage: COVERAGE,
  CoverageRow: COVERAGE_ROW,
  GeoPoint: GEO_POINT,
  Location: LOCATION,
  Municipality: MUNICIPALITY,
  Need: NEED,
  Network: NETWORK,
  Partner: PARTNER,
  Referral: REFERRAL,
  Service: SERVICE,
};

export const roots: Roots = {
  clientCase,
  clientCases,
  coverage,
  location,
  partner,
  partners,
  referral,
  referrals,
  service,
  serviceMatches,
  services,
};

export const writes: WriteRoots = { serviceCapacityReport };
