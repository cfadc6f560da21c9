import { AccessibilityEntry } from '../location/location.entity.js';
import type { Past } from '../record/past.js';

interface StoredEntry {
  readonly feature: AccessibilityEntry['feature'];
  readonly state: AccessibilityEntry['state'];
  readonly assessedOn?: string | null;
}

/** What was known of a location's features, in the order of their names. */
export const pastAccessibility = ({ document }: Past): AccessibilityEntry[] =>
  ((document.accessibility ?? []) as unknown as StoredEntry[])
    .map(({ feature, state, assessedOn }) =>
      Object.assign(new AccessibilityEntry(), { feature, state, assessedOn: assessedOn ?? null }),
    )
    .sort((a, b) => (a.feature < b.feature ? -1 : 1));
