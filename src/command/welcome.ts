import type { Config } from '../config.js';
import { systemClock } from '../shared/clock.js';
import { openDevelopmentKeys, tokenFor } from '../viewer/development-keys.js';
import { PERSONAS } from '../viewer/personas.js';

/** What a newcomer needs next, in German; nothing where there is neither an explorer nor anybody to sign in as. */
export async function welcome(config: Config, url: string): Promise<string> {
  if (!config.explorer) return '';
  const explorer = `\nPartnernetz läuft. GraphiQL: ${url}/\n`;
  if (!config.personas) return `${explorer}\n`;
  const keys = await openDevelopmentKeys(config.dataDir);
  const now = systemClock.now();
  const people = await Promise.all(
    PERSONAS.map(async persona => {
      const token = await tokenFor(keys, persona, now);
      return `${persona.name}: ${persona.may.de}\n  ${url}/#token=${token}\n`;
    }),
  );
  return [
    explorer,
    'Alle Daten sind erfunden. Anmelden: einen dieser Links öffnen, oder was hinter "#token=" steht als Kopfzeile',
    'senden (Authorization: Bearer <Token>). Ein neues Token druckt: npm run --silent hub -- token <Name>\n',
    ...people,
    explorer,
  ].join('\n');
}
