import { Command } from 'commander';
import { configOfProcess } from '../config.js';
import { systemClock } from '../shared/clock.js';
import { StartFault } from '../shared/start-fault.js';
import { findPersona, PERSONAS } from '../viewer/personas.js';

const NAMES = PERSONAS.map(persona => persona.name).join(', ');

export const tokenCommand = (): Command =>
  new Command('token')
    .description('Print an access token of a persona of the demo world, and nothing else. Valid for 30 days.')
    .argument('<persona>', `one of ${NAMES}`)
    .action(printToken);

async function printToken(name: string): Promise<void> {
  const config = configOfProcess('command');
  if (!config.personas)
    throw new StartFault(
      'There are no personas here: they exist only with the embedded database, on a loopback HOST, outside production ' +
        'and without OIDC_ISSUER.',
    );
  const persona = findPersona(name);
  if (!persona) throw new StartFault(`There is no persona ${JSON.stringify(name.slice(0, 60))}. There are: ${NAMES}.`);
  const { openDevelopmentKeys, tokenFor } = await import('../viewer/development-keys.js');
  console.log(await tokenFor(await openDevelopmentKeys(config.dataDir), persona, systemClock.now()));
}
