import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import { withOwner } from '../../src/database/owner.js';
import type { Finding } from '../../src/file/finding.rules.js';
import { findingReport } from '../../src/file/report.js';
import { importFigures } from '../../src/geography/demand-figure.actions.js';
import { importDistricts } from '../../src/geography/district-import.actions.js';
import type { ImportCounts, ImportWish } from '../../src/geography/geo-import.js';
import { DemandMeasure } from '../../src/geography/geography.rules.js';
import { importMunicipalities } from '../../src/geography/municipality-import.actions.js';
import { importOutlines } from '../../src/geography/outline-import.actions.js';
import { importPostalCodes } from '../../src/geography/postal-code-import.actions.js';
import { type Progress, SILENT } from '../../src/shared/progress.js';
import { temporaryDir } from '../support/data-dir.js';
import type { TestHub } from '../support/hub.js';

/** Which import, told apart by what it brings. */
export const IMPORTS = {
  municipalities: (em: EntityManager, wish: ImportWish, { day = null }: Told) =>
    importMunicipalities(em, { ...wish, day }),
  districts: (em: EntityManager, wish: ImportWish, { day = null }: Told) => importDistricts(em, { ...wish, day }),
  outlines: (em: EntityManager, wish: ImportWish, { note = null }: Told) => importOutlines(em, { ...wish, note }),
  postalCodes: (em: EntityManager, wish: ImportWish, _: Told) => importPostalCodes(em, wish),
  figures: (em: EntityManager, wish: ImportWish, { day = null, measure = DemandMeasure.SGB2_RECIPIENTS }: Told) =>
    importFigures(em, { ...wish, day, measure }),
};

export interface Told {
  day?: string | null;
  note?: string | null;
  measure?: DemandMeasure;
  dryRun?: boolean;
  source?: string;
  licence?: string | null;
  progress?: Progress;
}

export type Imported = ImportCounts & { findings: Finding[] };

/** Imports a file, as the role that owns the database. */
export async function importFile(
  hub: TestHub,
  kind: keyof typeof IMPORTS,
  path: string,
  told: Told = {},
): Promise<Imported> {
  const findings: Finding[] = [];
  const wish: ImportWish = {
    path,
    source: {
      name: told.source ?? 'Amt',
      licence: told.licence === undefined ? 'dl-de/by-2-0' : told.licence,
      retrievedOn: '2026-11-22',
    },
    dryRun: told.dryRun ?? false,
    report: findingReport({ sink: finding => findings.push(finding) }),
    progress: told.progress ?? SILENT,
  };
  const counts = await withOwner(hub.database().owner, orm => IMPORTS[kind](orm.em.fork(), wish, told));
  return { ...counts, findings };
}

/** The same with the text of a file. */
export async function importText(
  hub: TestHub,
  kind: keyof typeof IMPORTS,
  text: string | Buffer,
  told: Told = {},
): Promise<Imported> {
  const dir = await temporaryDir();
  try {
    const path = join(dir, kind === 'outlines' ? 'umrisse.geojson' : 'tabelle.csv');
    await writeFile(path, text);
    return await importFile(hub, kind, path, told);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** A finding as one line: severity, code, row, column, value. */
export const line = ({ severity, code, row, column, value }: Finding): string =>
  [severity, code, row, column, value].filter(part => part !== null).join(' ');
