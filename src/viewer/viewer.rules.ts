export enum Role {
  CASEWORKER = 'CASEWORKER',
  PARTNER_EDITOR = 'PARTNER_EDITOR',
  COORDINATOR = 'COORDINATOR',
  AUDITOR = 'AUDITOR',
  ADMIN = 'ADMIN',
}

/** One role of one account. An editor's membership names the partner and the network that keeps its record. */
export interface MembershipOf {
  role: Role;
  networkId: string | null;
  partnerId: string | null;
}

/** Who is asking. Without a sign-in: `ANONYMOUS`. Signed in but known to nobody: a subject without memberships. */
export interface Viewer {
  /** Null for an anonymous viewer and for a subject that has no account here. */
  accountId: string | null;
  /** Subject of the access token; null when nobody is signed in. */
  subject: string | null;
  displayName: string;
  memberships: readonly MembershipOf[];
  /**
   * Ids of the networks with which a partner of the viewer is shared, or was: from there referrals may have come to it,
   * and their rows lie there. None where left out.
   */
  referredFrom?: readonly string[];
  /** Ids of the networks that share, or shared, with one in which the viewer is a caseworker. None where left out. */
  refersTo?: readonly string[];
}

export const ANONYMOUS: Viewer = { accountId: null, subject: null, displayName: '', memberships: [] };

export const isSignedIn = (viewer: Viewer): boolean => viewer.subject !== null;

export const hasRole = (viewer: Viewer, role: Role): boolean => viewer.memberships.some(one => one.role === role);

/** Ids of the networks in which the viewer is a caseworker. */
export const caseworkNetworks = (viewer: Viewer): string[] => networksWith(viewer, Role.CASEWORKER);

/** Ids of the networks that the viewer coordinates. */
export const coordinatedNetworks = (viewer: Viewer): string[] => networksWith(viewer, Role.COORDINATOR);

/** Ids of the partners whose record the viewer edits. */
export const editedPartners = (viewer: Viewer): string[] =>
  viewer.memberships.flatMap(one => (one.role === Role.PARTNER_EDITOR && one.partnerId ? [one.partnerId] : []));

/** Ids of all networks in which the viewer has a place of any kind. */
export const ownNetworks = (viewer: Viewer): string[] => [
  ...new Set(viewer.memberships.flatMap(one => (one.networkId ? [one.networkId] : []))),
];

/** Ids of all networks in which something may lie that concerns the viewer: her own, and those that refer to her partners. */
export const networksInSight = (viewer: Viewer): string[] => [
  ...new Set([...ownNetworks(viewer), ...(viewer.referredFrom ?? [])]),
];

function networksWith(viewer: Viewer, role: Role): string[] {
  return viewer.memberships.flatMap(one => (one.role === role && one.networkId ? [one.networkId] : []));
}
