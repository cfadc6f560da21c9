import { canonicalJson, isRecord } from './idempotency.rules.js';

/**
 * What a repetition is told: the first answer, as far as it may still be read. `now` is the same selection, read anew.
 *
 * What may not be read is null or missing from its list: so is it in the answer then. What may be read is told as it was
 * told first, also where it has moved on meanwhile; what has come since is left out. Where it cannot be known whether the
 * two speak of the same thing, the new reading stands: it tells nothing that it should not.
 *
 * @param identity name of the field that holds the id of each object that has one
 */
export function sameAnswer(told: unknown, now: unknown, identity: string): unknown {
  if (told == null || now == null) return null;
  if (Array.isArray(told) && Array.isArray(now)) return sameList(told, now, identity);
  if (isRecord(told) && isRecord(now)) return sameObject(told, now, identity);
  return isLeaf(told) && isLeaf(now) ? told : now;
}

function sameObject(told: Record<string, unknown>, now: Record<string, unknown>, identity: string): unknown {
  const names = Object.keys(now);
  const alike = names.length === Object.keys(told).length && names.every(name => name in told);
  if (!alike || told[identity] !== now[identity]) return now;
  // In the order of the selection, which jsonb does not keep.
  return Object.fromEntries(names.map(name => [name, sameAnswer(told[name], now[name], identity)]));
}

function sameList(told: readonly unknown[], now: readonly unknown[], identity: string): unknown {
  // Steps that are open, languages: one value of the object that has them, like a text.
  // One that is empty now may be hidden: a list cannot be null where it is required.
  if ([...told, ...now].every(isLeaf)) return now.length === 0 ? now : told;
  const [before, after] = [byId(told, identity), byId(now, identity)];
  if (before && after)
    return [...before].flatMap(([id, item]) => (after.has(id) ? [sameAnswer(item, after.get(id), identity)] : []));
  return containedIn(told, now) ?? now;
}

/** The items of a list by their ids, in order; null where one has none, or two the same. */
function byId(items: readonly unknown[], identity: string): Map<string, unknown> | null {
  const found = new Map<string, unknown>();
  for (const item of items) {
    const id = idOf(item, identity);
    if (id === null) return null;
    found.set(id, item);
  }
  return found.size === items.length ? found : null;
}

/** An edge is that of its node. */
function idOf(item: unknown, identity: string): string | null {
  if (!isRecord(item)) return null;
  const id = item[identity];
  return typeof id === 'string' ? id : idOf(item.node, identity);
}

/** The items of `told` as they stand in `now`, if each of them does, as often as it was told. */
function containedIn(told: readonly unknown[], now: readonly unknown[]): unknown[] | null {
  const left = new Map<string, unknown[]>();
  for (const item of now) {
    const text = canonicalJson(item);
    left.set(text, [...(left.get(text) ?? []), item]);
  }
  const found = told.map(item => left.get(canonicalJson(item))?.pop());
  return found.every(item => item !== undefined) ? found : null;
}

const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null;
