import { Command, InvalidArgumentError } from 'commander';
import { isAreaKey } from '../geography/geography.rules.js';
import { asAnybody } from './public-context.js';
import { writeOut } from './write-out.js';

export const geoJsonCommands = (): Command[] => [
  new Command('geojson')
    .description(
      'Locations of a network with their services, as GeoJSON. Protected addresses have no position, nor anything that stands for it.',
    )
    .requiredOption('--network <slug>', 'which network')
    .option('--out <file>', 'write there (default: standard output)')
    .action(exportLocations),
  new Command('coverage-geojson')
    .description('Coverage of a category by municipality, as GeoJSON: outlines with the figures as properties.')
    .requiredOption('--category <code>', 'what is to be covered; everything below it counts too')
    .option('--area <key>', 'a state (05), a district (05334) or a municipality; default: all networks', area)
    .option('--catchment <km>', 'beyond this distance a place is out of reach', kilometres)
    .option('--out <file>', 'write there (default: standard output)')
    .action(exportCoverage),
];

async function exportLocations({ network, out }: { network: string; out?: string }): Promise<void> {
  await asAnybody(async ({ em }) => {
    const [{ knownNetwork }, { locationFeatures }, { featureCollection }] = await Promise.all([
      import('../network/network.query.js'),
      import('../location/location-features.query.js'),
      import('../shared/geojson.rules.js'),
    ]);
    const { id } = await knownNetwork(em, network, 'network');
    await writeOut(featureCollection(locationFeatures(em, id)), out);
  });
}

interface CoverageOptions {
  category: string;
  area?: string;
  catchment?: number;
  out?: string;
}

async function exportCoverage({ category, area, catchment, out }: CoverageOptions): Promise<void> {
  await asAnybody(async ctx => {
    const [{ coverageMap }, { featureCollection }] = await Promise.all([
      import('../coverage/coverage-features.query.js'),
      import('../shared/geojson.rules.js'),
    ]);
    const map = await coverageMap(ctx, { category, area: area ?? null, catchmentKm: catchment ?? null });
    await writeOut(
      featureCollection(map.pages, () => ({ attribution: map.attribution() })),
      out,
    );
  });
}

function area(text: string): string {
  if (!isAreaKey(text)) throw new InvalidArgumentError('A key has 2, 5 or 8 digits.');
  return text;
}

function kilometres(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError('A number of kilometres, such as 25 or 7.5.');
  return Number(text);
}
