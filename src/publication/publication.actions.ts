import type { EntityManager } from '@mikro-orm/postgresql';
import { Category } from '../category/category.entity.js';
import { Need } from '../need/need.entity.js';
import { Network } from '../network/network.entity.js';
import { aWebAddress } from '../partner/contact.rules.js';
import type { Programme } from '../programme/programme.entity.js';
import { aDay, aLine, faultsOf, listOf, optional, someText } from '../record/fault.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { indexRecords } from '../search/search-index.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { emptied } from '../shared/plain-input.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { mayKeepPublication } from './publication.access.js';
import { Publication } from './publication.entity.js';
import type { PublicationInput } from './publication.inputs.js';
import { LONGEST_SUMMARY, MOST_PUBLICATIONS, MOST_TOPICS, PublicationKind } from './publication.rules.js';

const { INVALID_INPUT, LIMIT_REACHED, NOT_FOUND } = UserErrorCode;

const CHECKS = {
  title: aLine(300),
  summary: optional(someText(LONGEST_SUMMARY)),
  url: optional(aWebAddress),
  publishedOn: aDay,
  place: optional(aLine()),
  topics: listOf(aLine(100), MOST_TOPICS),
};

/** A new publication of a network that the viewer coordinates; NOT_FOUND, INVALID_INPUT, LIMIT_REACHED. Returns the id. */
export function addPublication(ctx: Context, slug: string, input: PublicationInput): Promise<string> {
  return write(ctx, async tx => {
    const network = await tx.findOne(Network, { slug });
    if (!network || !mayKeepPublication(ctx.viewer, network.id))
      throw new Refusal(NOT_FOUND, 'Ein Netzwerk, das Sie koordinieren, gibt es unter diesem Namen nicht.', [
        'network',
      ]);
    // One after the other in a network, so that of two at once the second counts the first.
    await oneAtATime(tx, `publications ${network.id}`);
    if ((await tx.count(Publication, { network: network.id })) >= MOST_PUBLICATIONS)
      throw new Refusal(LIMIT_REACHED, 'Das Netzwerk hat schon zu viele Veröffentlichungen.', ['network']);
    if (input.kind == null) throw new Refusal(INVALID_INPUT, 'Diese Angabe fehlt.', ['input', 'kind']);
    const publication = Object.assign(new Publication(), EMPTY, { kind: input.kind, publishedOn: berlinDay(ctx.now) });
    tx.assign(publication, { network: network.id }, { em: tx });
    await edit(tx, publication, input);
    tx.persist(publication);
    await tx.flush();
    await indexRecords(tx, { publications: [publication.id] });
    return publication.id;
  });
}

/** NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function editPublication(
  ctx: Context,
  id: string,
  input: PublicationInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const query = sql`select ${columnsOf(tx, Publication, 't')} from publication t where t.id = ${id} for no key update`;
    const [publication] = isId(id) ? await entitiesOf(tx, Publication, query) : [];
    if (!publication || !mayKeepPublication(ctx.viewer, publication.network.id))
      throw new Refusal(NOT_FOUND, 'Diese Veröffentlichung gibt es nicht.', ['id']);
    checkVersion(expectedVersion, publication.version);
    await edit(tx, publication, input);
    await tx.flush();
    await indexRecords(tx, { publications: [publication.id] });
    return publication.id;
  });
}

const EMPTY = { programme: null, title: '', summary: null, url: null, heldOn: null, place: null } as const;

async function edit(tx: EntityManager, publication: Publication, input: PublicationInput): Promise<void> {
  const { kind, title, summary, url, publishedOn, heldOn, place, withdrawn } = input;
  Object.assign(publication, {
    kind: kind ?? publication.kind,
    title: title === undefined ? publication.title : (title ?? ''),
    summary: summary === undefined ? publication.summary : emptied(summary),
    url: url === undefined ? publication.url : emptied(url),
    publishedOn: publishedOn ?? publication.publishedOn,
    heldOn: heldOn === undefined ? publication.heldOn : heldOn,
    place: place === undefined ? publication.place : emptied(place),
    topics: input.topics === undefined ? (publication.topics ?? []) : [...new Set(input.topics ?? [])],
    withdrawn: withdrawn ?? publication.withdrawn ?? false,
  });
  const { title: called, summary: said, url: at, publishedOn: since, place: where, topics } = publication;
  const document = { title: called, summary: said, url: at, publishedOn: since, place: where, topics };
  refuseFaults(faultsOf(document as RecordDocument, CHECKS));
  const isEvent = publication.kind === PublicationKind.EVENT;
  if (isEvent !== (publication.heldOn !== null))
    throw new Refusal(
      INVALID_INPUT,
      isEvent ? 'Bei einer Veranstaltung fehlt der Tag.' : 'Einen Tag hat nur eine Veranstaltung.',
      ['input', 'heldOn'],
    );
  if (!isEvent && publication.place !== null)
    throw new Refusal(INVALID_INPUT, 'Einen Ort hat nur eine Veranstaltung.', ['input', 'place']);
  publication.needs = await known(tx, 'needs', input.needs, publication.needs);
  publication.categories = await known(tx, 'categories', input.categories, publication.categories);
  if (input.programme !== undefined)
    tx.assign(publication, { programme: await programmeOf(tx, publication.network.id, input.programme) }, { em: tx });
}

/** Codes that there are; INVALID_INPUT at the first that there is not. */
async function known(
  tx: EntityManager,
  field: 'needs' | 'categories',
  codes: readonly string[] | null | undefined,
  before: string[] | undefined,
): Promise<string[]> {
  if (codes === undefined) return before ?? [];
  const wanted = [...new Set(codes ?? [])];
  const found =
    field === 'needs'
      ? await tx.find(Need, { code: { $in: wanted } }, { fields: ['code'] })
      : await tx.find(Category, { code: { $in: wanted } }, { fields: ['code'] });
  const there = new Set(found.map(one => one.code));
  const unknown = wanted.findIndex(code => !there.has(code));
  if (unknown < 0) return wanted;
  const message = field === 'needs' ? 'Diesen Bedarf gibt es nicht.' : 'Diese Angebotsart gibt es nicht.';
  throw new Refusal(INVALID_INPUT, message, ['input', field, String(unknown)]);
}

/** A programme that the network leads or takes part in. */
async function programmeOf(tx: EntityManager, network: string, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const [found] = isId(id)
    ? await rowsOf<Pick<Programme, 'id'>>(
        tx,
        sql`select p.id from programme p where p.id = ${id} and (p.network_id = ${network} or p.published and exists (
              select from programme_network n where n.programme_id = p.id and n.network_id = ${network}))`,
      )
    : [];
  if (found) return found.id;
  throw new Refusal(NOT_FOUND, 'Dieses Programm gibt es im Netzwerk nicht.', ['input', 'programme']);
}
