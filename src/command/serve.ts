import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { Logger } from 'pino';
import { type Config, configOfProcess } from '../config.js';
import { systemClock } from '../shared/clock.js';
import { createLogger } from '../shared/log.js';
import { StartFault } from '../shared/start-fault.js';
import type { SignIn } from '../viewer/sign-in.js';

/** npm passes a Ctrl-C on that the terminal sends to the hub as well: two signals, one wish. */
const SAME_WISH_MS = 1_000;
/** For a start that a signal interrupts, to reach its next step. */
const INTERRUPT_MS = 5_000;

export const serveCommand = (): Command =>
  new Command('serve')
    .description('Start the hub, with the embedded database or with one’s own (DATABASE_URL).')
    .action(serve);

/** Things to end, the last one opened first. */
class Closing {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  async run(logger: Logger): Promise<void> {
    for (const step of this.#steps.reverse())
      await step().catch(error => logger.error({ err: error }, 'Something did not end in order.'));
  }
}

async function serve(): Promise<void> {
  const config = configOfProcess('serve');
  const logger = createLogger(config.logLevel);
  const closing = new Closing();
  const interrupt = new AbortController();
  const signal = firstSignal().then(name => {
    interrupt.abort();
    return name;
  });

  const started = start(config, logger, closing, interrupt.signal);
  try {
    await Promise.race([started, signal]);
  } catch (error) {
    await closing.run(logger);
    throw error;
  }
  logger.info({ signal: await signal }, 'Stopping.');
  await Promise.race([started.catch(() => {}), sleep(INTERRUPT_MS)]);
  await closing.run(logger);
  logger.info('Stopped.');
  process.exit(0);
}

async function start(config: Config, logger: Logger, closing: Closing, interrupted: AbortSignal): Promise<void> {
  await checkPort(config);
  const onFault = (error: unknown) => logger.error({ err: error }, 'The embedded database failed.');
  const { openPrepared } = await import('./open-prepared.js');
  const { database, migrated, seeded } = await openPrepared(config, {
    serving: true,
    migrating: true,
    onFault,
    onStarting: () => void loadHub().catch(() => {}), // what is wrong with it is told below
  });
  closing.add(() => database.close());
  if (migrated.length > 0) logger.info({ migrated }, 'Migrated the database.');
  if (seeded) logger.info('Put the demo world into the empty database.');
  if (interrupted.aborted) return;

  const { openHub } = await loadHub();
  const signIn = await openSignIn(config, logger);
  const { explorer, introspection, largestUpload } = config;
  const hub = await openHub({
    clientUrl: database.url,
    signIn,
    clock: systemClock,
    logger,
    explorer,
    introspection,
    largestUpload,
  });
  closing.add(() => hub.close());
  if (interrupted.aborted) return;

  const listenTextResolver = () => 'Listening.'; // the line with the address is the one below
  await listening(hub.app.listen({ host: config.host, port: config.port, listenTextResolver }), config);
  const { port } = hub.app.server.address() as AddressInfo;
  const url = `http://${shownHost(config.host)}:${port}`;
  // Told whatever the level: with PORT=0 nothing else says where it listens.
  const telling = config.logLevel === 'silent' ? logger : logger.child({}, { level: 'info' });
  telling.info({ url }, `The hub is ready at ${url}`);
  const { welcome } = await import('./welcome.js');
  process.stdout.write(await welcome(config, url));

  const { startClock } = await import('../clock/start-clock.js'); // late: nobody waits for it
  const queue = startClock({ orm: hub.orm, url: database.url, clock: systemClock, logger });
  closing.add(() => queue.stop());
  const { startImports } = await import('../clock/start-imports.js');
  const imports = startImports({ desk: hub.orm, url: database.url, clock: systemClock, logger });
  closing.add(() => imports.stop());
}

/** Takes as long as PostgreSQL takes to start, so it is done meanwhile. */
async function loadHub(): Promise<typeof import('../hub.js')> {
  await import('reflect-metadata');
  return import('../hub.js');
}

async function openSignIn(config: Config, logger: Logger): Promise<SignIn> {
  const { createSignIn } = await import('../viewer/sign-in.js');
  if (config.provider) {
    const { providerKeys, WrongIssuer } = await import('../viewer/provider-keys.js');
    const onFault = (error: unknown) =>
      logger.warn(
        { cause: (error as Error).message },
        'No keys from the identity provider: whoever signs in gets 503.',
      );
    const keys = providerKeys(config.provider.issuer, { onFault });
    const fault = await keys.warmUp();
    if (fault instanceof WrongIssuer) throw new StartFault(fault.message);
    return createSignIn({ ...config.provider, keys: keys.find }, systemClock);
  }
  const { developmentIssuer, openDevelopmentKeys } = await import('../viewer/development-keys.js');
  return createSignIn(developmentIssuer(await openDevelopmentKeys(config.dataDir)), systemClock);
}

/** Before anything is started or written: a taken port should leave no trace. */
async function checkPort(config: Config): Promise<void> {
  const probe = createServer();
  const bound = new Promise<void>((resolve, reject) => {
    probe.once('error', reject).listen({ host: config.host, port: config.port }, resolve);
  });
  await listening(bound, config);
  await new Promise(resolve => probe.close(resolve));
}

async function listening<T>(bound: Promise<T>, { host, port }: Config): Promise<T> {
  try {
    return await bound;
  } catch (error) {
    const why = WHY_NOT[(error as NodeJS.ErrnoException).code ?? ''];
    if (!why) throw error;
    throw new StartFault(`The hub can't listen on ${host}, port ${port}: ${why}.`);
  }
}

const WHY_NOT: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken; set PORT to another one, or to 0 for any free one',
  EACCES: 'the system reserves this port; set PORT to one above 1023',
  EADDRNOTAVAIL: 'this machine has no such address (HOST)',
  ENOTFOUND: 'there is no such host (HOST)',
  EAI_AGAIN: 'there is no such host (HOST)',
};

/** An address that somebody on this machine can open. */
function shownHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** The first signal stops the hub in order; another one, a second later or more, at once. */
function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    let first: number | undefined;
    const onSignal = (name: NodeJS.Signals) => {
      first ??= performance.now();
      if (performance.now() - first > SAME_WISH_MS) process.exit(1);
      resolve(name);
    };
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, onSignal);
  });
}
