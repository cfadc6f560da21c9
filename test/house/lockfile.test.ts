import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ROOT } from './run.js';

interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')) as {
  packages: Record<string, Locked>;
};
const installed = Object.entries(packages).filter(([path]) => path !== '');

/** As Node looks it up: beside the package, then in every folder above. */
function isLocked(from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (packages[`${folder && `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

// Where one is missing, `npm ci` refuses. It happens to builds for other platforms that a registry did not have.
it('the lock file holds everything that is needed, on every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter(name => !isLocked(path, name))
      .map(name => `${path} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

it('the lock file says what each package must be, and names no place to get it from', () => {
  expect(installed.filter(([, one]) => !one.version || !one.integrity).map(([path]) => path)).toEqual([]);
  expect(installed.filter(([, one]) => one.resolved).map(([path]) => path)).toEqual([]);
});
