import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { Inbox } from './box.js';
import { countInbox } from './inbox.query.js';

/** The numbers of one inbox, by the name of the box: all that are asked for together by one statement. */
export const inboxCounts = (em: EntityManager): ((inbox: Inbox) => DataLoader<string, number>) => {
  const known = new WeakMap<Inbox, DataLoader<string, number>>();
  return inbox => {
    const counts =
      known.get(inbox) ??
      new DataLoader<string, number>(async names => {
        const found = await countInbox(em, inbox, names);
        return names.map(name => found[name] ?? 0);
      });
    known.set(inbox, counts);
    return counts;
  };
};
