import { Command, InvalidArgumentError } from 'commander';
import type { NetworkOutcome } from '../network/network-setup.actions.js';
import { asOwner } from './owner-database.js';

interface Wish {
  slug: string;
  name?: string;
  municipalities?: string[];
  district?: string[];
  removeMunicipalities?: string[];
}

export const networkCommand = (): Command =>
  new Command('network')
    .description(
      'Make a network, or change its name and municipalities: what is not named stays. ' +
        'One’s own PostgreSQL needs DATABASE_OWNER_URL.',
    )
    .requiredOption('--slug <slug>', 'its short name in addresses and filters, for example aachen', slug)
    .option('--name <name>', 'as people call it; needed for a new one', name)
    .option(
      '--municipalities <keys>',
      'municipalities that it is to have: keys of 8 digits, with commas between',
      keys(8),
    )
    .option('--district <keys>', 'districts of which it is to have all municipalities: keys of 5 digits', keys(5))
    .option('--remove-municipalities <keys>', 'municipalities that it is to have no longer', keys(8))
    .action(setUp);

async function setUp({
  slug,
  name,
  municipalities = [],
  district = [],
  removeMunicipalities = [],
}: Wish): Promise<void> {
  const { setUpNetwork } = await import('../network/network-setup.actions.js');
  const wish = { slug, name, municipalities, districts: district, removed: removeMunicipalities };
  console.log(told(slug, await asOwner(em => setUpNetwork(em, wish))));
}

function told(slug: string, { created, renamed, added, removed, municipalities, shared }: NetworkOutcome): string {
  const changes = [
    ...(created ? ['created'] : []),
    ...(renamed ? ['renamed'] : []),
    ...(added > 0 ? [`${added} ${added === 1 ? 'municipality' : 'municipalities'} added`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
  ];
  const lines = [`Network ${slug}: ${changes.join(', ') || 'nothing changed'}; it has ${municipalities} now.`];
  for (const other of shared) lines.push(`${other.count} of them belong to ${other.slug} too.`);
  return lines.join('\n');
}

function slug(text: string): string {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(text))
    throw new InvalidArgumentError('Small letters, digits and hyphens, beginning with a letter; 63 at most.');
  return text;
}

function name(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 200 || /\p{Cc}/u.test(trimmed))
    throw new InvalidArgumentError('A name has 1 to 200 characters, none of which controls.');
  return trimmed;
}

/** Of keys with commas or blanks between; the option may be repeated. */
const keys =
  (digits: number) =>
  (text: string, before: readonly string[] = []): string[] => {
    const given = text.split(/[\s,]+/).filter(key => key !== '');
    const wrong = given.filter(key => key.length !== digits || !/^\d+$/.test(key));
    if (given.length === 0 || wrong.length > 0)
      throw new InvalidArgumentError(`Keys of ${digits} digits, with commas between.`);
    return [...new Set([...before, ...given])];
  };
