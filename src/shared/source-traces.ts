import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A place in a module of the program, as a trace tells it. */
const PLACE = /(file:\/\/\S+?\.js):(\d+):(\d+)/;

const maps = new Map<string, SourceMap | null>();

/**
 * Traces name the sources instead of what they were compiled to, as with `--enable-source-maps`. Node reads the map of
 * every module for that while it starts, a tenth of all that a start does; this reads one once a trace goes through it.
 */
export function traceSources(): void {
  process.setSourceMapsEnabled(false);
  Error.prepareStackTrace = traceOf;
}

export const traceOf = (error: Error, sites: readonly { toString(): string }[]): string =>
  [headOf(error), ...sites.map(site => `    at ${String(site).replace(PLACE, sourceOf)}`)].join('\n');

/** What is thrown may refuse to be told. */
function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function sourceOf(place: string, module: string, line: string, column: string): string {
  const entry = mapOf(module)?.findEntry(Number(line) - 1, Number(column) - 1);
  if (!entry || !('originalSource' in entry)) return place;
  return `${new URL(entry.originalSource, module)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

/** The map beside a module; null where there is none that can be read. */
function mapOf(module: string): SourceMap | null {
  const known = maps.get(module);
  if (known !== undefined) return known;
  const map = readMap(module);
  maps.set(module, map);
  return map;
}

function readMap(module: string): SourceMap | null {
  if (module.includes('/node_modules/')) return null;
  try {
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(`${module}.map`), 'utf8')));
  } catch {
    return null; // the trace says where it is in what was compiled
  }
}
