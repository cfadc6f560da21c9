/** Why somebody is told something without a step of the other side. */
export enum NoticeKind {
  /** It is your turn, and time. */
  REMINDER = 'REMINDER',
  /** Nobody did anything: it is the coordinator's turn. */
  ESCALATION = 'ESCALATION',
  /** A place is free, and this one is next. */
  PLACE_FREE = 'PLACE_FREE',
  /** A client found work: is that still so? */
  FOLLOW_UP_DUE = 'FOLLOW_UP_DUE',
}
