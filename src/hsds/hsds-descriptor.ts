import { type JsonObject, type JsonValue, readJson } from '../file/json-read.js';
import type { FileLimits } from '../file/limits.rules.js';
import type { FindingReport } from '../file/report.js';
import type { SourceFile } from '../file/source-file.js';

/** What a descriptor (datapackage.json) says of one table. */
export interface Described {
  name: string;
  columns: ReadonlySet<string>;
}

/** The tables of a package by the path of their file, relative to the descriptor. It is believed in nothing but names. */
export async function descriptorOf(
  file: SourceFile,
  report: FindingReport,
  limits: FileLimits,
): Promise<Map<string, Described>> {
  const tables = new Map<string, Described>();
  const folder = file.name.slice(0, file.name.lastIndexOf('/') + 1);
  for await (const { value } of readJson(file, report, { limits }))
    for (const resource of listOf(objectOf(value)?.resources)) {
      const one = objectOf(resource);
      if (typeof one?.path !== 'string' || typeof one.name !== 'string') continue;
      const fields = listOf(objectOf(one.schema)?.fields).map(field => objectOf(field)?.name);
      const columns = new Set(fields.filter(name => typeof name === 'string'));
      tables.set(folder + one.path.replace(/^\.\//, ''), { name: one.name.toLowerCase(), columns });
    }
  return tables;
}

const objectOf = (value: JsonValue | undefined): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;

const listOf = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);
