import { LockMode } from '@mikro-orm/postgresql';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { checkPeriod, filled } from '../shared/plain-input.js';
import { rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { FrameworkAgreement } from './framework-agreement.entity.js';
import type {
  AgreementPartyInput,
  FrameworkAgreementEditInput,
  FrameworkAgreementRegisterInput,
} from './framework-agreement.inputs.js';
import { isSlug, type Party } from './framework-agreement.rules.js';

const { DUPLICATE, INVALID_INPUT, NOT_FOUND } = UserErrorCode;

/** A new framework agreement; INVALID_INPUT, DUPLICATE. Returns the id. */
export function registerAgreement(ctx: Context, input: FrameworkAgreementRegisterInput): Promise<string> {
  return write(ctx, async tx => {
    const { slug, concludedOn } = input;
    const joinableUntil = input.joinableUntil ?? null;
    if (!isSlug(slug))
      throw new Refusal(INVALID_INPUT, 'Erlaubt sind Kleinbuchstaben, Ziffern und Bindestriche.', ['input', 'slug']);
    checkPeriod(concludedOn, joinableUntil, ['input', 'joinableUntil']);
    const values = {
      title: filled(input.title, ['input', 'title']),
      initiative: filled(input.initiative, ['input', 'initiative']),
      parties: JSON.stringify(partiesOf(input.parties)),
    };
    const [row] = await rowsOf<{ id: string }>(
      tx,
      sql`insert into framework_agreement (slug, title, initiative, concluded_on, joinable_until, parties)
          values (${slug}, ${values.title}, ${values.initiative}, ${concludedOn}, ${joinableUntil}, ${values.parties}::jsonb)
          on conflict (slug) do nothing returning id`,
    );
    if (!row) throw new Refusal(DUPLICATE, 'Diesen Kurznamen hat schon eine Vereinbarung.', ['input', 'slug']);
    return row.id;
  });
}

/** What changes of an agreement; NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function editAgreement(
  ctx: Context,
  id: string,
  input: FrameworkAgreementEditInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const agreement = isId(id)
      ? await tx.findOne(FrameworkAgreement, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
      : null;
    if (!agreement) throw new Refusal(NOT_FOUND, 'Diese Rahmenvereinbarung gibt es nicht.', ['id']);
    checkVersion(expectedVersion, agreement.version);
    const { title, initiative, joinableUntil, parties } = input;
    if (joinableUntil !== undefined) checkPeriod(agreement.concludedOn, joinableUntil, ['input', 'joinableUntil']);
    tx.assign(agreement, {
      ...(title !== undefined && { title: filled(title, ['input', 'title']) }),
      ...(initiative !== undefined && { initiative: filled(initiative, ['input', 'initiative']) }),
      ...(joinableUntil !== undefined && { joinableUntil }),
      ...(parties !== undefined && { parties: partiesOf(parties ?? []) }),
    });
    return agreement.id;
  });
}

/** At least one, each once. */
function partiesOf(inputs: readonly AgreementPartyInput[]): Party[] {
  if (inputs.length === 0)
    throw new Refusal(INVALID_INPUT, 'Eine Vereinbarung hat mindestens eine Partei.', ['input', 'parties']);
  const parties = inputs.map(({ name, role, signedOn }, i) => ({
    name: filled(name, ['input', 'parties', String(i), 'name']),
    role,
    signedOn: signedOn ?? null,
  }));
  const twice = parties.findIndex(({ name }, i) => parties.findIndex(other => other.name === name) < i);
  if (twice >= 0)
    throw new Refusal(INVALID_INPUT, 'Diese Partei steht schon in der Liste.', [
      'input',
      'parties',
      String(twice),
      'name',
    ]);
  return parties;
}
