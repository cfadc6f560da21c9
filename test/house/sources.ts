import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { ROOT } from './run.js';

export interface Source {
  /** From the project's root: `src/match/match.rules.ts`. */
  path: string;
  text: string;
}

/** All TypeScript files under some directories of the project, by path. */
export async function sourcesIn(...directories: string[]): Promise<Source[]> {
  const paths = await Promise.all(
    directories.map(async directory =>
      (await readdir(join(ROOT, directory), { recursive: true }))
        .filter(name => name.endsWith('.ts'))
        .map(name => posix.join(directory, name.replaceAll('\\', '/'))),
    ),
  );
  return Promise.all(
    paths
      .flat()
      .sort()
      .map(async path => ({ path, text: await readFile(join(ROOT, path), 'utf8') })),
  );
}

export interface Import {
  /** As written: `./x.rules.js`, `luxon`. */
  name: string;
  /** The file that a relative name means, from the project's root: `src/x/x.rules.ts`; null for a package. */
  file: string | null;
  /** `import type`: gone when the program runs. */
  typeOnly: boolean;
  /** `import()`: not before the call. */
  dynamic: boolean;
}

// Formatted code begins each declaration on a line of its own. What looks like one in a comment is counted as well: a
// fault too many is seen and mended, one too few is not.
const DECLARATION = /^[ \t]*(?:import|export)\s+(type\s+)?[\p{L}\w$*{][\p{L}\w$*{},\s]*?\sfrom\s+(['"])(.+?)\2/gmu;
const BARE = /^[ \t]*import\s*(['"])(.+?)\1/gm;
const CALLED = /\b(?:import|require)\s*\(\s*(['"`])(.+?)\1/g;

/** What a file imports and exports onwards. */
export function importsOf({ path, text }: Source): Import[] {
  const found = [
    ...[...text.matchAll(DECLARATION)].map(one => ({ name: one[3]!, typeOnly: one[1] !== undefined, dynamic: false })),
    ...[...text.matchAll(BARE)].map(one => ({ name: one[2]!, typeOnly: false, dynamic: false })),
    ...[...text.matchAll(CALLED)].map(one => ({ name: one[2]!, typeOnly: false, dynamic: true })),
  ];
  return found.map(one => ({ ...one, file: fileOf(path, one.name) }));
}

function fileOf(from: string, name: string): string | null {
  if (!name.startsWith('.')) return null;
  return posix.join(posix.dirname(from), name).replace(/\.js$/, '.ts');
}

/** Cycles among files that import each other when they are loaded, each written as `a.ts → b.ts → a.ts`. */
export function cyclesIn(sources: readonly Source[]): string[] {
  const onward = new Map(
    sources.map(one => [
      one.path,
      importsOf(one).flatMap(({ file, typeOnly, dynamic }) => (file && !typeOnly && !dynamic ? [file] : [])),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  function visit(path: string, trail: readonly string[]): void {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const next of onward.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  }
  for (const path of onward.keys()) visit(path, []);
  return cycles;
}
