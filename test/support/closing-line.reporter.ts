import type { Reporter, TestModule } from 'vitest/node';

/** The last line of a run: `N passed, N failed`. A file that fails to load counts as one failure. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap(one => [...one.children.allTests()]);
    const count = (state: string) => tests.filter(test => test.result().state === state).length;
    const unloaded = modules.filter(one => one.errors().length > 0).length;
    const skipped = count('skipped');
    const line = `${count('passed')} passed, ${count('failed') + unloaded + errors.length} failed`;
    // After the summary of the default reporter, which is written in the same turn.
    process.on('exit', () => process.stdout.write(`${line}${skipped > 0 ? `, ${skipped} skipped` : ''}\n`));
  }
}
