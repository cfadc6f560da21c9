import { basename } from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Command, InvalidArgumentError, Option } from 'commander';
import { findingFile } from '../file/finding-file.js';
import { findingReport } from '../file/report.js';
import type { ImportCounts, ImportWish } from '../geography/geo-import.js';
import { isDay } from '../geography/geo-values.rules.js';
import { DemandMeasure } from '../geography/geography.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { systemClock } from '../shared/clock.js';
import { findingLines } from './import-report.js';
import { asOwner } from './owner-database.js';
import { commandProgress } from './progress.js';

interface Options {
  source?: string;
  licence?: string;
  retrieved?: string;
  date?: string;
  note?: string;
  measure?: DemandMeasure;
  findings?: string;
  dryRun?: boolean;
}

type Import = (em: EntityManager, wish: ImportWish, options: Options) => Promise<ImportCounts>;

/** The imports of geography, as subcommands of `import`. */
export const geographyCommands = (): Command[] => [
  withDate(
    command(
      'municipalities',
      '<csv>',
      'Municipalities (Gemeinden): key, name, centre, area, figures.',
      async (em, wish, options) =>
        (await import('../geography/municipality-import.actions.js')).importMunicipalities(em, {
          ...wish,
          day: options.date ?? null,
        }),
    ),
  ),
  withDate(
    command(
      'districts',
      '<csv>',
      'Districts (Kreise): key, name, area, form of the Jobcenter, figures.',
      async (em, wish, options) =>
        (await import('../geography/district-import.actions.js')).importDistricts(em, {
          ...wish,
          day: options.date ?? null,
        }),
    ),
  ),
  command(
    'outlines',
    '<geojson>',
    'Outlines of municipalities and districts that are there already.',
    async (em, wish, options) =>
      (await import('../geography/outline-import.actions.js')).importOutlines(em, {
        ...wish,
        note: options.note ?? null,
      }),
  ).option('--note <text>', 'what to know before use, for example that the outlines are schematic'),
  command(
    'postal-codes',
    '<csv>',
    'Which postal code lies in which municipality; one may lie in several.',
    async (em, wish) => {
      const { importPostalCodes, sharedPostalCodes } = await import('../geography/postal-code-import.actions.js');
      const counts = await importPostalCodes(em, wish);
      if (!wish.dryRun) console.log(`Postal codes in more than one municipality: ${await sharedPostalCodes(em)}.`);
      return counts;
    },
  ),
  withDate(
    command(
      'demand',
      '<csv>',
      'Figures of one measure for municipalities or districts that are there already.',
      async (em, wish, options) =>
        (await import('../geography/demand-figure.actions.js')).importFigures(em, {
          ...wish,
          measure: options.measure!,
          day: options.date ?? null,
        }),
    ),
  ).addOption(
    new Option('--measure <measure>', 'who was counted').choices(Object.values(DemandMeasure)).makeOptionMandatory(),
  ),
];

const command = (name: string, file: string, description: string, run: Import): Command =>
  new Command(name)
    .description(description)
    .argument(file, file === '<csv>' ? 'a table; columns are known by their names, German or English' : 'the file')
    .option('--source <name>', 'who published it, as it wants to be named (default: the name of the file)')
    .option('--licence <licence>', 'on which terms, for example dl-de/by-2-0')
    .option('--retrieved <day>', 'when it was retrieved, YYYY-MM-DD (default: today)', day)
    .option('--findings <file>', 'write every finding there, a JSON object a line')
    .option('--dry-run', 'tell what would happen, and change nothing')
    .action((path: string, options: Options) => runImport(path, options, run));

const withDate = (one: Command): Command =>
  one.option(
    '--date <day>',
    'the day that the figures are of, YYYY-MM-DD, where no heading ends in a day or year',
    day,
  );

function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('A day is written YYYY-MM-DD.');
  return text;
}

async function runImport(path: string, options: Options, run: Import): Promise<void> {
  const { source, licence, retrieved, findings, dryRun = false } = options;
  const file = findings === undefined ? null : findingFile(findings);
  const report = findingReport({ ...(file && { sink: file.add }) });
  try {
    const counts = await asOwner(em =>
      run(
        em,
        {
          path,
          source: {
            name: source ?? basename(path),
            licence: licence ?? null,
            retrievedOn: retrieved ?? berlinDay(systemClock.now()),
          },
          dryRun,
          report,
          progress: commandProgress(),
        },
        options,
      ),
    );
    const { read, added, changed, unchanged, refused } = counts;
    console.log(`${read} read: ${added} new, ${changed} changed, ${unchanged} unchanged, ${refused} refused.`);
    for (const line of findingLines(report)) console.log(line);
    if (dryRun) console.log('This was a dry run: nothing was changed.');
    // A file of which nothing could be taken is a failure for whoever calls this from a script.
    if (report.hasErrors && read === refused) process.exitCode = 1;
  } finally {
    file?.close();
  }
}
