import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { feed } from '../hsds-import/feed.js';

export const zipOf = async (files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> => {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
};

/** A feed of so many services as CSV files. */
export async function feedFiles(services: number, municipality: string): Promise<Record<string, string>> {
  const tables = new Map<string, Record<string, string>[]>();
  for await (const { table, id, values } of feed({ services, municipality }))
    tables.set(table, [...(tables.get(table) ?? []), { id, ...(values as Record<string, string>) }]);
  return Object.fromEntries(
    [...tables].map(([table, rows]) => {
      const columns = Object.keys(rows[0]!);
      const line = (cells: readonly string[]) => cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',');
      return [
        `${table}.csv`,
        [line(columns), ...rows.map(row => line(columns.map(name => row[name] ?? '')))].join('\n'),
      ];
    }),
  );
}
