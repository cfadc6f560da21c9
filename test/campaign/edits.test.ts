import { expect, test } from 'vitest';
import { testHub } from '../support/hub.js';
import { edit } from '../support/self-service.js';
import { PATIENCE, percentile, sized, tell } from './campaign.js';

/**
 * Many edit one record at once, all of the version that they have read: one of each round wins, the others are told both
 * values, and the history knows the winners and nobody else.
 */
const ROUNDS = sized(2, 20);
const AT_ONCE = 50;

const hub = testHub('campaign_edits');

/** A change of a partner's name waits for the coordination; its short name is the editors' own. */
const FIELDS = { partnerUpdate: 'alternateName', locationUpdate: 'name', serviceUpdate: 'name' } as const;

test.each(['partnerUpdate', 'locationUpdate', 'serviceUpdate'] as const)(
  `%s: ${ROUNDS * AT_ONCE} edits, ${AT_ONCE} of each version: one winner each`,
  async door => {
    const { anker, location, service, partner } = await hub.given();
    // Enrolled already, with the world: fifty at once would enrol her in each other's way.
    const editor = { ...partner, accountId: null, memberships: [] };
    const { id } = { partnerUpdate: anker, locationUpdate: location, serviceUpdate: service }[door];
    const field = FIELDS[door];
    const winners: { version: number; name: string }[] = [];
    const milliseconds: number[] = [];
    const begin = performance.now();
    for (let version = 1; version <= ROUNDS; version++) {
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, i) => {
          const asked = performance.now();
          const name = `Runde ${version}, Nummer ${i}`;
          const answer = await edit(hub, editor, door, { id, input: { [field]: name }, expectedVersion: version });
          milliseconds.push(performance.now() - asked);
          return { name, ...answer };
        }),
      );
      const won = answers.filter(({ userErrors, thing }) => userErrors.length === 0 && thing);
      expect(won.map(({ thing, name }) => [thing.version, thing[field] === name])).toEqual([[version + 1, true]]);
      const winner = won[0]!.name;
      winners.push({ version: version + 1, name: winner });
      const lost = answers.filter(one => one !== won[0]);
      for (const { name, userErrors } of lost)
        expect(userErrors).toMatchObject([
          {
            code: 'VERSION_CONFLICT',
            currentVersion: version + 1,
            conflicts: [{ field, current: winner, yours: name }],
          },
        ]);
    }
    const seconds = (performance.now() - begin) / 1000;
    tell(`${door}, ${ROUNDS * AT_ONCE} edits, ${AT_ONCE} at once`, {
      seconds,
      'edits/s': (ROUNDS * AT_ONCE) / seconds,
      'p50 ms': percentile(milliseconds, 50),
      'p99 ms': percentile(milliseconds, 99),
    });
    const remembered = await hub
      .owner()
      .execute(
        `select version, changes->(?::text)->>'after' as name from revision where record_id = ? order by version`,
        [field, id],
      );
    expect(remembered).toEqual(winners);
  },
  PATIENCE,
);
