import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandProgress, describeProgress, duration, type ProgressOutput } from '../../src/command/progress.js';
import { during, SILENT } from '../../src/shared/progress.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function told(isTTY: boolean) {
  const stream: ProgressOutput = Object.assign(new PassThrough(), { isTTY, columns: 200 });
  let text = '';
  stream.on('data', chunk => (text += chunk));
  const progress = commandProgress(stream, () => performance.now());
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what moves the cursor of a terminal
  const plain = () => text.replace(/\x1b(\[[\d;?]*[A-Za-z]|[78])/g, '\r');
  return { progress, text: () => text, plain };
}

describe('in a log', () => {
  it('a line every five seconds and one at the end', () => {
    const { progress, text } = told(false);
    progress.begin('Municipalities', 400);
    for (let second = 0; second < 12; second++) {
      vi.advanceTimersByTime(1000);
      progress.advance(20);
    }
    progress.end();
    expect(text().split('\n')).toEqual([
      'Municipalities: 80 of 400 (20 %), 16/s, 20 s left',
      'Municipalities: 180 of 400 (45 %), 18/s, 12 s left',
      'Municipalities: 240 of 400 (60 %), 20/s, 12 s',
      '',
    ]);
  });

  it('an unknown total shows count and rate', () => {
    const { progress, text } = told(false);
    progress.begin('Rows', null);
    progress.advance(5000);
    vi.advanceTimersByTime(5000);
    progress.end();
    expect(text()).toBe('Rows: 5,000, 1,000/s\nRows: 5,000, 1,000/s, 5.0 s\n');
  });

  it('nothing after the end, nothing moves the cursor', () => {
    const { progress, text } = told(false);
    progress.begin('Rows', 1);
    progress.end();
    const before = text();
    progress.advance(1);
    progress.end();
    vi.advanceTimersByTime(60_000);
    expect(text()).toBe(before);
    expect(text()).not.toContain('\r');
    expect(text()).not.toContain('\x1b');
  });
});

describe('on a terminal', () => {
  it('a bar with count, rate and time left', () => {
    const { progress, plain } = told(true);
    progress.begin('Municipalities', 400);
    vi.advanceTimersByTime(2000);
    progress.advance(100);
    vi.advanceTimersByTime(500);
    expect(plain()).toContain('[======------------------] Municipalities: 100 of 400 (25 %), 40/s, 7.5 s left');
    progress.advance(300);
    progress.end();
    expect(plain()).toContain('[========================] Municipalities: 400 of 400 (100 %), 160/s');
    const ended = plain();
    vi.advanceTimersByTime(60_000);
    expect(plain()).toBe(ended);
  });

  it('an unknown total shows count and rate without a bar', () => {
    const { progress, plain } = told(true);
    progress.begin('Rows', null);
    vi.advanceTimersByTime(1000);
    progress.advance(50);
    vi.advanceTimersByTime(1000);
    progress.end();
    expect(plain()).toContain('Rows: 50, 25/s');
    expect(plain()).not.toContain('[');
  });
});

it.each([
  [{ total: 0, done: 0, elapsed: 0 }, 'x: 0 of 0 (100 %), 0/s'],
  [{ total: 10, done: 0, elapsed: 1000 }, 'x: 0 of 10 (0 %), 0/s'],
  [{ total: 10, done: 12, elapsed: 1000 }, 'x: 12 of 10 (120 %), 12/s, 0.0 s left'],
  [{ total: 1000, done: 999, elapsed: 1000 }, 'x: 999 of 1,000 (99 %), 999/s, 0.0 s left'],
])('%j is told as "%s"', (state, words) => {
  expect(describeProgress({ label: 'x', ...state })).toBe(words);
});

it.each([
  [0, '0.0 s'],
  [940, '0.9 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1:00 min'],
  [185_000, '3:05 min'],
  [7_380_000, '2:03 h'],
])('%i ms are %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

it('ends where the work fails', async () => {
  const { progress, text } = told(false);
  const failing = during(progress, 'Rows', null, async advance => {
    advance(3);
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  expect(text()).toBe('Rows: 3, 0/s, 0.0 s\n');
  expect(await during(SILENT, 'Rows', 1, async advance => advance(1))).toBeUndefined();
});
