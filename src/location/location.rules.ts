export enum AccessibilityFeature {
  STEP_FREE_ENTRANCE = 'STEP_FREE_ENTRANCE',
  LIFT = 'LIFT',
  ACCESSIBLE_TOILET = 'ACCESSIBLE_TOILET',
  ACCESSIBLE_PARKING = 'ACCESSIBLE_PARKING',
  TACTILE_GUIDANCE = 'TACTILE_GUIDANCE',
  INDUCTION_LOOP = 'INDUCTION_LOOP',
  SIGN_LANGUAGE = 'SIGN_LANGUAGE',
  EASY_LANGUAGE = 'EASY_LANGUAGE',
  QUIET_ROOM = 'QUIET_ROOM',
}

export enum LocationStatus {
  ACTIVE = 'ACTIVE',
  ARCHIVED = 'ARCHIVED',
}

/** Whether a location has a feature. What nobody looked at is UNKNOWN, never YES. */
export enum FeatureState {
  YES = 'YES',
  NO = 'NO',
  UNKNOWN = 'UNKNOWN',
}
