import type { OutRow } from '../../src/hsds-export/hsds-out.rules.js';
import { hsdsRows } from '../../src/hsds-export/hsds-rows.query.js';
import type { TestHub } from '../support/hub.js';

/** The rows of a network's directory, as the serving role reads them. */
export const exporting =
  (hub: TestHub) =>
  (network: string): Promise<OutRow[]> =>
    hub.nobody().transactional(async tx => {
      const rows: OutRow[] = [];
      for await (const row of hsdsRows(tx, network)) rows.push(row);
      return rows;
    });
