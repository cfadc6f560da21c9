import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { FrameworkAgreement } from '../framework-agreement/framework-agreement.entity.js';
import { coordinatesNetwork } from '../network/network.access.js';
import { coordinatedNetwork } from '../network/own-network.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change, changeOne } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { checkPeriod, emptied, filled, refuseFuture } from '../shared/plain-input.js';
import { countWhere, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { Accession } from './accession.entity.js';
import type {
  AccessionConsentInput,
  AccessionEditInput,
  AccessionPrepareInput,
  AccessionResolutionInput,
} from './accession.inputs.js';
import { AccessionConsentResult, type CatalogueItem, MOST_CONSENTS, MOST_RESOLUTIONS } from './accession.rules.js';
import { MOST_EARLIER, movedCatalogue, sameItems, withCatalogue, withDecision } from './accession-history.rules.js';
import { AccessionConsent, AccessionResolution } from './accession-paper.entity.js';

const { DUPLICATE, INVALID_INPUT, LIMIT_REACHED, NOT_FOUND, STEP_NOT_OPEN } = UserErrorCode;

/** Begins the accession of a network; NOT_FOUND, INVALID_INPUT, DUPLICATE. Returns the id. */
export function prepareAccession(ctx: Context, input: AccessionPrepareInput): Promise<string> {
  return write(ctx, async tx => {
    const network = await coordinatedNetwork(ctx, tx, input.network, ['input', 'network']);
    const agreement = await tx.findOne(FrameworkAgreement, { slug: input.agreement });
    if (!agreement) throw new Refusal(NOT_FOUND, 'Diese Rahmenvereinbarung gibt es nicht.', ['input', 'agreement']);
    const deadline = checkedDeadline(input.deadline ?? agreement.joinableUntil, agreement);
    const [row] = await rowsOf<{ id: string }>(
      tx,
      sql`insert into accession (network_id, agreement_id, deadline) values (${network.id}, ${agreement.id}, ${deadline})
          on conflict (network_id, agreement_id) where withdrawn_on is null do nothing returning id`,
    );
    if (!row)
      throw new Refusal(DUPLICATE, 'Einen Beitritt des Netzwerks zu dieser Vereinbarung gibt es schon.', ['input']);
    return row.id;
  });
}

/** What changes of an accession; NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN, VERSION_CONFLICT. Returns the id. */
export function editAccession(
  ctx: Context,
  id: string,
  input: AccessionEditInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const accession = await lockAccession(ctx, tx, id);
    checkVersion(expectedVersion, accession.version);
    if (input.deadline !== undefined) await editDeadline(tx, accession, input.deadline);
    if (input.catalogue !== undefined || input.catalogueOn !== undefined) editCatalogue(ctx, accession, input);
    if (input.logoFrom !== undefined || input.logoUntil !== undefined)
      assignLogo(
        accession,
        input.logoFrom === undefined ? accession.logoFrom : input.logoFrom,
        input.logoUntil === undefined ? accession.logoUntil : input.logoUntil,
      );
    return accession.id;
  });
}

/** What a body that must agree decided, as `withDecision` of the rules. NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN, LIMIT_REACHED. */
export function recordConsent(ctx: Context, id: string, input: AccessionConsentInput): Promise<string> {
  return write(ctx, async tx => {
    const accession = await lockAccession(ctx, tx, id);
    refuseOnceDeclared(accession, ['id']);
    const { kind, result } = input;
    const name = filled(input.name, ['input', 'name']);
    const decidedOn = input.decidedOn ?? null;
    if ((result === AccessionConsentResult.PENDING) !== (decidedOn === null))
      throw new Refusal(
        INVALID_INPUT,
        decidedOn === null
          ? 'Wann wurde entschieden? Bitte den Tag angeben.'
          : 'Was noch aussteht, hat keinen Tag der Entscheidung.',
        ['input', 'decidedOn'],
      );
    refuseFuture(ctx.now, decidedOn, ['input', 'decidedOn']);
    const values = { result, decidedOn, fileNumber: emptied(input.fileNumber) };
    const known = await tx.findOne(AccessionConsent, { accession: accession.id, kind, name });
    if (known) {
      const decisions = withDecision(known, values);
      refuseTooMany(decisions.earlier, ['input']);
      tx.assign(known, decisions);
    } else {
      if ((await countWhere(tx, 'accession_consent t', [sql`t.accession_id = ${accession.id}`])) >= MOST_CONSENTS)
        throw new Refusal(LIMIT_REACHED, `Mehr als ${MOST_CONSENTS} Träger sind nicht möglich.`, ['input']);
      tx.create(AccessionConsent, { accession: accession.id, kind, name, ...values });
    }
    await raiseVersion(tx, accession);
    return accession.id;
  });
}

/** A body is needed no more, or was named by mistake; NOT_FOUND, STEP_NOT_OPEN. Returns the id of the accession. */
export function removeConsent(ctx: Context, id: string, consent: string): Promise<string> {
  return write(ctx, async tx => {
    const accession = await lockAccession(ctx, tx, id);
    refuseOnceDeclared(accession, ['id']);
    const gone = isId(consent)
      ? await change(tx, sql`delete from accession_consent where id = ${consent} and accession_id = ${accession.id}`)
      : 0;
    if (gone === 0) throw new Refusal(NOT_FOUND, 'Diesen Träger nennt der Beitritt nicht.', ['consent']);
    await raiseVersion(tx, accession);
    return accession.id;
  });
}

/** A paper of an accession, for good; NOT_FOUND, INVALID_INPUT, LIMIT_REACHED. Returns the id of the accession. */
export function addResolution(ctx: Context, input: AccessionResolutionInput): Promise<string> {
  return write(ctx, async tx => {
    const accession = await lockAccession(ctx, tx, input.accession, ['input', 'accession']);
    refuseFuture(ctx.now, input.resolvedOn, ['input', 'resolvedOn']);
    if ((await countWhere(tx, 'accession_resolution t', [sql`t.accession_id = ${accession.id}`])) >= MOST_RESOLUTIONS)
      throw new Refusal(LIMIT_REACHED, `Mehr als ${MOST_RESOLUTIONS} Vorgänge sind nicht möglich.`, ['input']);
    tx.create(AccessionResolution, {
      accession: accession.id,
      body: filled(input.body, ['input', 'body']),
      kind: input.kind,
      subject: emptied(input.subject),
      fileNumber: emptied(input.fileNumber),
      resolvedOn: input.resolvedOn,
    });
    await raiseVersion(tx, accession);
    return accession.id;
  });
}

/** What hangs on it is part of it: who read it without that has read another version. */
const raiseVersion = (tx: EntityManager, { id }: Accession): Promise<void> =>
  changeOne(tx, sql`update accession set version = version + 1 where id = ${id}`);

/** The accession, locked, where the viewer keeps it; NOT_FOUND on `path` else. */
export async function lockAccession(
  { viewer }: Context,
  tx: EntityManager,
  id: string,
  path: string[] = ['id'],
): Promise<Accession> {
  const accession = isId(id) ? await tx.findOne(Accession, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
  if (accession && coordinatesNetwork(viewer, accession.network.id)) return accession;
  throw new Refusal(NOT_FOUND, 'Diesen Beitritt gibt es nicht.', path);
}

/** The logo is for members, from the day on which they became one; INVALID_INPUT. */
export function assignLogo(accession: Accession, from: string | null, until: string | null): void {
  const path = ['input', 'logoFrom'];
  if (from === null && until !== null) throw new Refusal(INVALID_INPUT, 'Ein Ende braucht auch einen Anfang.', path);
  if (from !== null && (accession.accededOn === null || from < accession.accededOn))
    throw new Refusal(INVALID_INPUT, 'Das Logo darf erst ab dem Beitritt verwendet werden.', path);
  checkPeriod(from, until, ['input', 'logoUntil']);
  Object.assign(accession, { logoFrom: from, logoUntil: until });
}

function checkedDeadline(
  deadline: string | null,
  { concludedOn, joinableUntil }: Pick<FrameworkAgreement, 'concludedOn' | 'joinableUntil'>,
): string {
  const path = ['input', 'deadline'];
  if (deadline === null) throw new Refusal(INVALID_INPUT, 'Bitte eine Frist angeben.', path);
  if (deadline < concludedOn || (joinableUntil !== null && deadline > joinableUntil))
    throw new Refusal(INVALID_INPUT, 'Die Frist liegt außerhalb der Frist der Rahmenvereinbarung.', path);
  return deadline;
}

async function editDeadline(tx: EntityManager, accession: Accession, deadline: string | null): Promise<void> {
  refuseOnceDeclared(accession, ['input', 'deadline']);
  const agreement = await tx.findOneOrFail(FrameworkAgreement, { id: accession.agreement.id });
  accession.deadline = checkedDeadline(deadline, agreement);
}

function editCatalogue(ctx: Context, accession: Accession, input: AccessionEditInput): void {
  refuseOnceDeclared(accession, ['input', 'catalogue']);
  const items = input.catalogue === undefined ? accession.catalogue : itemsOf(input.catalogue ?? []);
  if (items.length === 0 && input.catalogueOn != null)
    throw new Refusal(INVALID_INPUT, 'Ohne Maßnahmen gibt es keinen Katalog.', ['input', 'catalogueOn']);
  refuseFuture(ctx.now, input.catalogueOn ?? null, ['input', 'catalogueOn']);
  const isSame = sameItems(items, accession.catalogue);
  if (isSame && (items.length === 0 || input.catalogueOn === undefined)) return;
  const day = input.catalogueOn ?? berlinDay(ctx.now);
  const next = isSame ? movedCatalogue(accession, day) : withCatalogue(accession, items, day);
  refuseTooMany(next.earlierCatalogues, ['input', 'catalogue']);
  Object.assign(accession, next);
}

/** LIMIT_REACHED; a correction, of the same day, is always possible. */
function refuseTooMany(earlier: readonly unknown[], path: string[]): void {
  if (earlier.length > MOST_EARLIER)
    throw new Refusal(LIMIT_REACHED, `Mehr als ${MOST_EARLIER} frühere Stände sind nicht möglich.`, path);
}

const itemsOf = (items: NonNullable<AccessionEditInput['catalogue']>): CatalogueItem[] =>
  items.map(({ text, goal }, i) => ({
    text: filled(text, ['input', 'catalogue', String(i), 'text']),
    goal: filled(goal, ['input', 'catalogue', String(i), 'goal']),
  }));

/** What was declared stands: neither those who agreed to it nor its measures change afterwards. */
function refuseOnceDeclared({ submittedOn, withdrawnOn }: Accession, path: string[]): void {
  if (submittedOn === null && withdrawnOn === null) return;
  throw new Refusal(STEP_NOT_OPEN, 'Der Beitritt ist schon erklärt oder zurückgenommen.', path);
}
