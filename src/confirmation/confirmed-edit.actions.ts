import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldGroup, RecordChanges, RecordDocument, RecordKind } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { groupsOf, groupsSaid } from './confirmation.rules.js';
import { storeConfirmations } from './confirmation-store.actions.js';

/** An edit by somebody who keeps the record. */
export interface KeeperEdit {
  readonly id: string;
  /** What she said of it, changed or not. */
  readonly wanted: RecordDocument;
  /** What of it was stored otherwise before; none where it was so already. */
  readonly changes: RecordChanges;
  /** Fields of which she said something that is not stored yet. */
  readonly waiting?: readonly string[];
  /** Groups that are right as they stand after the edit, as she says. */
  readonly confirm?: readonly FieldGroup[] | null | undefined;
}

/**
 * What people who keep records say by editing them, the edits stored and the records locked: the groups that an edit says
 * as a whole (`groupsSaid`), and those that it names; none of which something waits, as what is stored is not what she says.
 * Three statements, however many.
 */
export async function confirmEdits(
  { now, viewer }: Context,
  tx: EntityManager,
  kind: RecordKind,
  edits: readonly KeeperEdit[],
): Promise<void> {
  const records = edits.map(({ id, wanted, changes, waiting = [], confirm }) => {
    const open = waiting.map(field => kind.fields[field]?.group);
    const said = [...groupsSaid(kind, wanted, changes), ...(confirm ?? [])];
    return { id, groups: said.filter(group => !open.includes(group)) };
  });
  await storeConfirmations(tx, kind, records, { at: now, account: viewer.accountId });
}

/**
 * Records that somebody who keeps them has just made: she said all of it, what she left empty too, so that every group is
 * confirmed.
 */
export const confirmMade = (
  { now, viewer }: Context,
  tx: EntityManager,
  kind: RecordKind,
  ids: readonly string[],
): Promise<void> =>
  storeConfirmations(
    tx,
    kind,
    ids.map(id => ({ id })),
    { at: now, account: viewer.accountId },
  );

/** INVALID_INPUT where an edit is to confirm a group that such a record does not have. */
export function checkConfirmed(kind: RecordKind, confirm: readonly FieldGroup[] | null | undefined): void {
  const known = groupsOf(kind);
  if (!confirm || confirm.every(group => known.includes(group))) return;
  throw new Refusal(UserErrorCode.INVALID_INPUT, 'Diese Gruppe gibt es hier nicht.', ['confirm']);
}
