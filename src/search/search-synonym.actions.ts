import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { countWhere, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import type { SearchSynonymInput } from './search.inputs.js';
import { maySeeSynonyms } from './search-synonym.access.js';
import { SearchSynonym } from './search-synonym.entity.js';
import { faultOfGroup, MOST_GROUPS } from './search-synonym.rules.js';
import { keysOf } from './synonyms.rules.js';

const { NOT_FOUND, INVALID_INPUT, DUPLICATE } = UserErrorCode;

/** Adds a group to a network, in effect at once; NOT_FOUND, INVALID_INPUT, DUPLICATE. Returns the id. */
export function addSynonym(ctx: Context, { network: slug, words }: SearchSynonymInput): Promise<string> {
  return write(ctx, async tx => {
    const network = await tx.findOne(Network, { slug });
    if (!network || !maySeeSynonyms(ctx.viewer, network.id))
      throw new Refusal(NOT_FOUND, 'Ein Netzwerk, das Sie koordinieren, gibt es unter diesem Namen nicht.', [
        'input',
        'network',
      ]);
    const stored = await checked(tx, network.id, words, null, ['input', 'words']);
    const times = { createdAt: ctx.now, updatedAt: ctx.now };
    const group = tx.create(SearchSynonym, { network, code: null, leading: [], ...stored, ...times });
    await tx.flush();
    return group.id;
  });
}

/** Puts other words in place of those of a group; NOT_FOUND, INVALID_INPUT, DUPLICATE, VERSION_CONFLICT. Returns the id. */
export function changeSynonym(
  ctx: Context,
  id: string,
  words: readonly string[],
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const group = await lock(ctx, tx, id);
    checkVersion(expectedVersion, group.version);
    tx.assign(group, { ...(await checked(tx, group.network!.id, words, group.id, ['words'])), updatedAt: ctx.now });
    return group.id;
  });
}

/** Takes a group away; NOT_FOUND, VERSION_CONFLICT. Returns the id that it had. */
export function removeSynonym(ctx: Context, id: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const group = await lock(ctx, tx, id);
    checkVersion(expectedVersion, group.version);
    tx.remove(group);
    return group.id;
  });
}

async function lock({ viewer }: Context, tx: EntityManager, id: string): Promise<SearchSynonym> {
  const group = isId(id) ? await tx.findOne(SearchSynonym, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
  if (group && maySeeSynonyms(viewer, group.network?.id ?? null)) return group;
  throw new Refusal(NOT_FOUND, 'Diese Wortgruppe gibt es nicht, oder sie gehört nicht zu Ihrem Netzwerk.', ['id']);
}

/** What is stored of the words, if they make a group that the network does not have. */
async function checked(
  tx: EntityManager,
  networkId: string,
  words: readonly string[],
  own: string | null,
  path: string[],
): Promise<Pick<SearchSynonym, 'name' | 'words' | 'keys'>> {
  const fault = faultOfGroup(words);
  if (fault) throw new Refusal(INVALID_INPUT, fault.message, fault.at === null ? path : [...path, String(fault.at)]);
  // Groups of one network are written one after another, so that of two equal ones the second meets the first.
  await oneAtATime(tx, `search_synonym ${networkId}`);
  const keys = keysOf({ words });
  const others = [sql`network_id = ${networkId}`, sql`id is distinct from ${own}::uuid`];
  if ((await countWhere(tx, 'search_synonym', [...others, sql`keys @> ${keys}::text[]`])) > 0)
    throw new Refusal(DUPLICATE, 'Diese Wörter stehen schon zusammen in einer Gruppe.', path);
  if (own === null && (await countWhere(tx, 'search_synonym', others)) >= MOST_GROUPS)
    throw new Refusal(INVALID_INPUT, `Ein Netzwerk hat höchstens ${MOST_GROUPS} Wortgruppen.`, path);
  return { name: words[0]!, words: [...words], keys };
}
