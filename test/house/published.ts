import { run } from './run.js';

interface Published {
  commit: string;
  sdl: string;
}

/** A breach that came in unseen is told for as many landings. */
const LANDINGS = 50;

/**
 * The schemas that were published, newest first; none where there is no git or no history.
 *
 * The file in the working tree always equals the program, so it can't tell what was taken back. What clients rely on
 * stands in the history: each state of `schema/hub.graphql` that the main line has had, from the commit on that brought
 * the README (before it nobody knew how to start a hub). The main line is that of first parents: what a branch tries
 * out and takes back before it is merged was never published. What is not committed yet is held against the last commit.
 */
export async function publishedSchemas(): Promise<Published[]> {
  const first = (await git('log', '--first-parent', '--diff-filter=A', '--format=%h', '--', 'README.md')).at(-1);
  if (!first) return [];
  const later = await git('log', '--first-parent', '--format=%h', `${first}..HEAD`, '--', 'schema/hub.graphql');
  if (later.length === 0 && (await git('rev-parse', '--is-shallow-repository'))[0] === 'true') return [];
  const commits = [...later, first].slice(0, LANDINGS);
  const found = await Promise.all(commits.map(async commit => ({ commit, sdl: await show(commit) })));
  return found.filter(one => one.sdl !== '');
}

async function git(...args: string[]): Promise<string[]> {
  const { code, stdout } = await run('git', args).catch(() => ({ code: null, stdout: '' }));
  return code === 0 ? stdout.split('\n').filter(Boolean) : [];
}

const show = async (commit: string): Promise<string> =>
  (await git('show', `${commit}:./schema/hub.graphql`)).join('\n');
