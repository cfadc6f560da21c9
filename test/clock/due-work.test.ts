import { describe, expect, it } from 'vitest';
import { type DueWork, runDueWork } from '../../src/clock/due-work.js';
import type { Clockwork } from '../../src/shared/clockwork.js';
import { eachDue } from '../../src/shared/each-due.js';
import { type Line, logBook } from './log.js';

const CANARY = 'Fall AC-4711';

function clockwork(ending?: AbortSignal): Clockwork & { lines: Line[] } {
  const { logger, lines } = logBook();
  return { orm: undefined as never, now: new Date('2031-05-06T07:08:09Z'), logger, lines, ...(ending && { ending }) };
}

const failuresOf = (lines: Line[]) => lines.filter(line => line.level >= 50);

describe('a round', () => {
  const works = (name: string, done = 1): DueWork => ({ name, run: async () => done });
  const fails = (name: string): DueWork => ({
    name,
    run: async () => {
      throw Object.assign(new Error(`update "client_case" set … '${CANARY}'`), { code: '23505', query: 'update' });
    },
  });

  it('does everything in order and tells how much', async () => {
    const done = await runDueWork(clockwork(), [works('reminders', 3), works('follow-ups', 0)]);
    expect(Object.entries(done)).toEqual([
      ['reminders', 3],
      ['follow-ups', 0],
    ]);
  });

  it('tells each piece the same moment', async () => {
    const seen: Date[] = [];
    const look = (name: string): DueWork => ({ name, run: async ({ now }) => seen.push(now) });
    const work = clockwork();
    await runDueWork(work, [look('one'), look('other')]);
    expect(seen).toEqual([work.now, work.now]);
  });

  it('goes on after a failure, names it, and repeats no value', async () => {
    const work = clockwork();
    let later = 0;
    const counts: DueWork = { name: 'follow-ups', run: async () => ++later };
    const error = await runDueWork(work, [fails('reminders'), counts, fails('keys')]).catch((one: unknown) => one);
    expect(later).toBe(1);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).message).toBe('Due work failed: reminders, keys.');
    expect((error as AggregateError).errors).toHaveLength(2);
    expect(failuresOf(work.lines)).toMatchObject([
      { work: 'reminders', fault: { code: '23505' } },
      { work: 'keys', fault: { code: '23505' } },
    ]);
    expect(JSON.stringify(work.lines)).not.toContain(CANARY);
  });

  it('leaves the rest when the hub ends, and says so to the queue alone', async () => {
    const ending = new AbortController();
    const work = clockwork(ending.signal);
    const last: DueWork = {
      name: 'reminders',
      run: async () => {
        ending.abort();
        return 1;
      },
    };
    await expect(runDueWork(work, [last, works('follow-ups')])).rejects.toThrow('Due work failed: follow-ups.');
    expect(failuresOf(work.lines)).toEqual([]);
  });
});

describe('each that is due', () => {
  /** Numbers that are due until they are done. */
  function dueNumbers(last: number) {
    const due = new Set(Array.from({ length: last }, (_, i) => `${i + 1}`));
    const met: string[] = [];
    return {
      met,
      due: async (most: number) => [...due].slice(0, most),
      work: async (id: string) => {
        met.push(id);
        return due.delete(id) ? 1 : 0;
      },
    };
  }

  it('is done once, batch after batch', async () => {
    const { met, due, work } = dueNumbers(1_000);
    expect(await eachDue({}, due, work)).toBe(1_000);
    expect(new Set(met).size).toBe(met.length);
    expect(await eachDue({}, due, work)).toBe(0);
    expect(met).toHaveLength(1_000);
  });

  it('is not stopped by those that fail, however many and urgent they are', async () => {
    const { met, due, work } = dueNumbers(1_000);
    const fallible = async (id: string) => {
      if (Number(id) <= 500) throw Object.assign(new Error(CANARY), { query: 'select' });
      return work(id);
    };
    const round = clockwork();
    const piece: DueWork = { name: 'numbers', run: () => eachDue(round, due, fallible) };
    await expect(runDueWork(round, [piece])).rejects.toMatchObject({ errors: [{ errors: { length: 500 } }] });
    expect(met).toHaveLength(500);
    expect(failuresOf(round.lines)).toHaveLength(5);
    expect(failuresOf(round.lines)[0]).toMatchObject({ work: 'numbers', fault: { name: 'Error' } });
    expect(JSON.stringify(round.lines)).not.toContain(CANARY);
  });

  it('waits where the database is away', async () => {
    const { due } = dueNumbers(1_000);
    const refused = async () => {
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    };
    await expect(eachDue({}, refused, async () => 1)).rejects.toMatchObject({ errors: { length: 1 } });
    await expect(eachDue({}, due, refused)).rejects.toMatchObject({ errors: { length: 3 } });
  });

  it('is left where the hub ends', async () => {
    const ending = new AbortController();
    const { met, due, work } = dueNumbers(9);
    const last = (id: string) => {
      if (id === '5') ending.abort();
      return work(id);
    };
    const round = clockwork(ending.signal);
    const piece: DueWork = { name: 'numbers', run: () => eachDue(round, due, last) };
    await expect(runDueWork(round, [piece])).rejects.toThrow('Due work failed: numbers.');
    expect(failuresOf(round.lines)).toEqual([]);
    expect(met).toEqual(['1', '2', '3', '4', '5']);
  });
});
