import type { Reporter, TestModule } from 'vitest/node';

/**
 * The last line of a run: `N passed, N failed`, and `, N skipped` where some were. What fails outside of a test counts
 * as one failure each: a file that can't be loaded, a hook, an error that nobody caught.
 */
export default class ClosingLine implements Reporter {
  private passed = 0;
  private failed = 0;
  private skipped = 0;

  onInit(): void {
    // After the summary of the default reporter, which is written in the same turn as the end of the run.
    process.on('exit', code => {
      // A run that fails says so, also where it did not come to its tests.
      const failed = code === 0 ? this.failed : Math.max(this.failed, 1);
      const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
      process.stdout.write(`${this.passed} passed, ${failed} failed${skipped}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap(one => [...one.children.allTests()]);
    const count = (state: string) => tests.filter(test => test.result().state === state).length;
    const suites = modules.flatMap(one => [one, ...one.children.allSuites()]);
    this.passed = count('passed');
    this.failed = count('failed') + suites.filter(one => one.errors().length > 0).length + errors.length;
    this.skipped = count('skipped');
  }
}
