import type { EntityManager } from '@mikro-orm/postgresql';
import { Need } from '../need/need.entity.js';
import { aLine, type Fault, faultsOf, fitting, optional } from '../record/fault.rules.js';
import type { JsonValue, RecordDocument } from '../record/record.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { isCode } from '../service/service-terms.rules.js';
import { asSystem } from '../shared/as-system.js';
import { berlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { mayKeepInstruments } from './instrument.access.js';
import { Instrument, InstrumentVersion } from './instrument.entity.js';
import type { InstrumentInput, InstrumentRuleInput, InstrumentVersionInput } from './instrument.inputs.js';
import { overlaps } from './instrument.rules.js';
import { ruleFaults } from './instrument-rule-faults.rules.js';

const { DUPLICATE, INVALID_INPUT, NOT_FOUND } = UserErrorCode;

const CHECKS = {
  code: fitting(isCode, 'Ein Kürzel hat kleine Buchstaben, Ziffern und Bindestriche.'),
  law: aLine(100),
  section: optional(aLine(100)),
  nameDe: aLine(),
  nameEn: aLine(),
};

/** A new instrument, still without rules; NOT_FOUND, INVALID_INPUT, DUPLICATE. Returns the code. */
export function addInstrument(ctx: Context, input: InstrumentInput): Promise<string> {
  return write(ctx, async tx => {
    checkKeeper(ctx, []);
    const { code, law, section = null, nameDe, nameEn, sensitive } = input;
    refuseFaults(faultsOf({ code, law, section, nameDe, nameEn } as RecordDocument, CHECKS));
    const [made] = await rowsOf(
      tx,
      sql`insert into instrument (code, law, section, name_de, name_en, sensitive)
          values (${code}, ${law}, ${section}, ${nameDe}, ${nameEn}, ${sensitive}) on conflict (code) do nothing returning code`,
    );
    if (!made) throw new Refusal(DUPLICATE, 'Ein Instrument mit diesem Kürzel gibt es schon.', ['input', 'code']);
    return code;
  });
}

/** Rules for a time in which there are no others; NOT_FOUND, INVALID_INPUT, DUPLICATE. Returns the id. */
export function addInstrumentVersion(ctx: Context, code: string, input: InstrumentVersionInput): Promise<string> {
  return write(ctx, async tx => {
    checkKeeper(ctx, ['instrument']);
    await lockInstrument(tx, code);
    const { validFrom, source } = input;
    const validTo = input.validTo ?? null;
    if (validTo !== null && validTo < validFrom)
      throw new Refusal(INVALID_INPUT, 'Das Ende liegt vor dem Anfang.', ['input', 'validTo']);
    refuseFaults(faultsOf({ source }, { source: aLine(500) }));
    const rules = input.rules.map(plain);
    refuseFaults(ruleFaults(rules));
    refuseFaults(await unknownCodes(tx, input.rules));
    for (const other of await tx.find(InstrumentVersion, { instrument: code })) {
      if (!overlaps(other, { validFrom, validTo })) continue;
      const since = `Vom ${germanDay(other.validFrom)} an gelten schon andere Regeln`;
      const until = other.validTo === null ? 'ohne Ende' : `bis zum ${germanDay(other.validTo)}`;
      throw new Refusal(DUPLICATE, `${since}, ${until}. Bitte beenden Sie diese zuerst.`, ['input', 'validFrom']);
    }
    const version = tx.create(InstrumentVersion, {
      instrument: code,
      validFrom,
      validTo,
      rules: rules as unknown as JsonValue,
      source,
    });
    await tx.flush();
    return version.id;
  });
}

/**
 * The rules hold until that day and no longer, or until further notice; it can be moved again either way. Decisions keep the
 * rules of their day: it does not come to lie before one of them. NOT_FOUND, INVALID_INPUT, DUPLICATE, VERSION_CONFLICT.
 * Returns the id.
 */
export function endInstrumentVersion(
  ctx: Context,
  id: string,
  on: string | null,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const version = await lockVersion(ctx, tx, id, expectedVersion);
    const { validFrom } = version;
    if (on !== null && on < validFrom)
      throw new Refusal(INVALID_INPUT, `Die Fassung gilt erst ab dem ${germanDay(validFrom)}.`, ['on']);
    for (const other of await tx.find(InstrumentVersion, { instrument: version.instrument.code })) {
      if (other.id === id || !overlaps(other, { validFrom, validTo: on })) continue;
      throw new Refusal(DUPLICATE, `Vom ${germanDay(other.validFrom)} an gelten andere Regeln.`, ['on']);
    }
    if (on !== null && on < berlinDay(ctx.now) && (await wasDecidedAfter(tx, version, on))) {
      const message = 'Nach diesem Tag wurde schon nach diesen Regeln entschieden. Frühestens können sie heute enden.';
      throw new Refusal(INVALID_INPUT, message, ['on']);
    }
    version.validTo = on;
    return id;
  });
}

/** Takes back rules that do not hold yet; NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the code of the instrument. */
export function removeInstrumentVersion(ctx: Context, id: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const version = await lockVersion(ctx, tx, id, expectedVersion);
    const { validFrom, instrument } = version;
    if (validFrom <= berlinDay(ctx.now)) {
      const message = `Die Fassung gilt seit dem ${germanDay(validFrom)}; sie kann nur noch beendet werden.`;
      throw new Refusal(INVALID_INPUT, message, ['id']);
    }
    tx.remove(version);
    return instrument.code;
  });
}

/** Does a decision rest on it that was made after that day? Of whichever network: the hub itself looks. */
async function wasDecidedAfter(
  tx: EntityManager,
  { instrument, validTo }: InstrumentVersion,
  day: string,
): Promise<boolean> {
  const decided = sql`select from funding_decision d where d.instrument_code = ${instrument.code}
    and d.decided_on > ${day}::date and d.decided_on <= coalesce(${validTo}::date, 'infinity') limit 1`;
  return (await asSystem(tx, () => rowsOf(tx, decided))).length > 0;
}

async function lockVersion(
  ctx: Context,
  tx: EntityManager,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<InstrumentVersion> {
  checkKeeper(ctx, ['id']);
  const none = new Refusal(NOT_FOUND, 'Diese Fassung gibt es nicht.', ['id']);
  const known = isId(id) ? await tx.findOne(InstrumentVersion, { id }) : null;
  if (!known) throw none;
  await lockInstrument(tx, known.instrument.code);
  const version = await tx.findOne(InstrumentVersion, { id }, { refresh: true });
  if (!version) throw none;
  checkVersion(expectedVersion, version.version);
  return version;
}

function checkKeeper({ viewer }: Context, path: string[]): void {
  if (!mayKeepInstruments(viewer)) throw new Refusal(NOT_FOUND, 'Dieses Instrument gibt es nicht.', path);
}

/** Versions of one instrument are added one after the other, so that no two overlap. */
async function lockInstrument(tx: EntityManager, code: string): Promise<void> {
  const found = await rowsOf(tx, sql`select from instrument where code = ${code} for update`);
  if (found.length === 0) throw new Refusal(NOT_FOUND, 'Dieses Instrument gibt es nicht.', ['instrument']);
}

/** Without the members that say nothing, and without classes: what was read of a rule can be handed in again. */
const plain = (rule: InstrumentRuleInput): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(rule, (_, value) => (Array.isArray(value) && value.length === 0 ? undefined : (value ?? undefined))),
  );

async function unknownCodes(tx: EntityManager, rules: readonly InstrumentRuleInput[]): Promise<Fault[]> {
  const needs = new Set((await tx.find(Need, {}, { fields: ['code'] })).map(({ code }) => code));
  const instruments = new Set((await tx.find(Instrument, {}, { fields: ['code'] })).map(({ code }) => code));
  return rules.flatMap((rule, i) => [
    ...(rule.needs ?? []).flatMap((code, j) =>
      needs.has(code)
        ? []
        : [{ path: ['rules', String(i), 'needs', String(j)], message: 'Diesen Bedarf gibt es nicht.' }],
    ),
    ...(rule.instruments ?? []).flatMap((code, j) =>
      instruments.has(code)
        ? []
        : [{ path: ['rules', String(i), 'instruments', String(j)], message: 'Dieses Instrument gibt es nicht.' }],
    ),
  ]);
}
