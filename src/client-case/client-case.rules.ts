export enum ClientCaseStatus {
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}
