/** How far long work is, told to whoever waits for it. One piece of work at a time: `begin`, `advance` …, `end`. */
export interface Progress {
  /** @param total how many there will be; null where nobody knows beforehand */
  begin(label: string, total: number | null): void;
  /** So many more are done. */
  advance(count: number): void;
  /** Done, or given up. Nothing is told any more until the next `begin`. */
  end(): void;
}

/** Tells nobody. */
export const SILENT: Progress = { begin: () => {}, advance: () => {}, end: () => {} };

/** Work between `begin` and `end`, also where it fails; it is handed `advance`. */
export async function during<T>(
  progress: Progress,
  label: string,
  total: number | null,
  work: (advance: (count: number) => void) => Promise<T>,
): Promise<T> {
  progress.begin(label, total);
  try {
    return await work(count => progress.advance(count));
  } finally {
    progress.end();
  }
}
