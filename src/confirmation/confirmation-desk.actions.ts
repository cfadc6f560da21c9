import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { closeSnapshot } from '../shared/snapshot.js';
import { redeemConfirmationLink } from './confirmation-link.actions.js';
import { type ConfirmationSheet, confirmationSheet } from './confirmation-sheet.query.js';

/** What the page of a confirmation link shows and does, for whoever holds it. `anybody`: the context of nobody signed in. */
export const confirmationDesk = (anybody: () => Context) => ({
  show: (token: string): Promise<ConfirmationSheet | null> => confirmationSheet(anybody(), token),

  async confirm(token: string, seen: string): Promise<'DONE' | 'CHANGED' | 'GONE'> {
    const ctx = anybody();
    try {
      await redeemConfirmationLink(ctx, token, seen);
      return 'DONE';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.code === UserErrorCode.VERSION_CONFLICT ? 'CHANGED' : 'GONE';
    } finally {
      await closeSnapshot(ctx);
    }
  },
});
