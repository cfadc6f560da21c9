import { expect, it } from 'vitest';
import type { DueWork } from '../../src/clock/due-work.js';
import { startClock } from '../../src/clock/start-clock.js';
import { testHub } from '../support/hub.js';
import { logBook } from './log.js';

const hub = testHub('clock_start');
const NOW = new Date('2031-05-06T07:08:09Z');

it('does the work at the moment of the hub’s clock, and again where some failed', async () => {
  const seen: [string, Date][] = [];
  const works = (name: string): DueWork => ({ name, run: async ({ now }) => seen.push([name, now]) });
  const failsAtFirst: DueWork = {
    name: 'follow-ups',
    run: async ({ orm, now }) => {
      if (seen.length < 3) await orm.em.fork().execute('select from nowhere');
      return seen.push(['follow-ups', now]);
    },
  };
  const { logger, lines } = logBook();
  const url = hub.database().hubApp;
  const work = [works('reminders'), failsAtFirst, works('keys')];
  const queue = startClock({ orm: hub.hub().orm, url, clock: { now: () => NOW }, logger, work, pollMs: 100 });
  await expect.poll(() => seen.length).toBe(5);
  await queue.stop();

  const names = ['reminders', 'keys', 'reminders', 'follow-ups', 'keys'];
  expect(seen).toEqual(names.map(name => [name, NOW]));
  const failed = { level: 50, work: 'follow-ups', fault: { name: 'TableNotFoundException', code: '42P01' } };
  expect(lines.filter(line => line.level > 20)).toMatchObject([failed]);
  expect(JSON.stringify(lines)).not.toContain('nowhere');
});
